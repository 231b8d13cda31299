// The same in C++: classes, their methods, functions that are found neither by name nor by argument.
// RUN: assay-summary-dump %s | FileCheck %s
#include <Vendor.h>

WiFiClient Net;
Broker Mqtt(Net);

// CHECK-DAG: function setup recovered
void setup() {
  Serial.begin(115200);
  // CHECK-DAG: call WiFi::begin(&@WiFi, &("plant" 5), &("pl4ntWiFi" 9))
  WiFi.begin("plant", "pl4ntWiFi");
  // CHECK-DAG: call Broker::connect(&@Mqtt, &("dev" 3), &("admin" 5), &("Adm1nPw!" 8))
  while (!Mqtt.connect("dev", "admin", "Adm1nPw!"))
    // CHECK-DAG: call pause_for((100))
    pause_for(100);
  Channel *Link = new Channel("uart", 9600);
  // CHECK-DAG: call Channel::send(&Link.*, &("hello" 5))
  Link->send("hello");
}

// CHECK-DAG: function check recovered
bool check(Text Given) {
  // CHECK-DAG: compare %{{[0-9]+}} eq &("letmein99" 9)
  return Given == "letmein99";
}

// Documents: what is looked into by a text.
void keep(Settings &Into) {
  // CHECK-DAG: call Settings::operator=(%{{[0-9]+}}, &("kept-42" 7))
  Into["wifi"][0]["password"] = "kept-42";
  StaticDocument<200> Doc;
  // CHECK-DAG: call Doc::operator[](&@Doc, &("user" 4))
  // CHECK-DAG: call Doc::operator|(%{{[0-9]+}}, &("nobody" 6))
  const char *User = Doc["user"] | "nobody";
  Settings &Other = Made.object();
  // CHECK-DAG: call Settings::operator=(%{{[0-9]+}}, &("kept-43" 7))
  Other["password"] = "kept-43";
  // CHECK-DAG: call Box::Doc::operator=(%{{[0-9]+}}, &("kept-44" 7))
  Box.Doc["password"] = "kept-44";
  puts(User);
}

// CHECK-DAG: function whole ;
int whole() { return 1; }

namespace n {
struct Value {};
int twice(Value);
} // namespace n
// Found by its argument: no guess.
// CHECK-DAG: call n::twice(
int byArgument() { return twice(n::Value()); }

// A template: its parameters, and a function that nobody would ask for again when it is made.
template <ULONG Bits> class KeyPair {
public:
  // CHECK-DAG: function KeyPair::KeyPair recovered
  // CHECK-DAG: call GenerateKeyPair(&this.*.Key, (1024))
  KeyPair() { GenerateKeyPair(&Key, Bits); }

private:
  void *Key = nullptr;
};
void makeKey() { KeyPair<1024> Ticket; }
