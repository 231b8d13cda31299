// A call whose argument has a type that is not known is one of the function that its name and the number of its arguments say, of its object.
// Where several functions may be meant, it is none of them.
// RUN: assay-summary-dump %s | FileCheck %s
#include <not-there.h>
class Manager {
public:
  bool autoConnect();
  bool autoConnect(char const *name, char const *password = nullptr);
  void only(char const *name, char const *password);
  void choose(char const *name);
  void choose(int number);
  static void plain(char const *name, char const *password);
};
void take(char const *name, char const *password);
class Device {
  void *wifi;
  Text ssid;
  void inside(char const *name, char const *password);
  void start();
};
#define WIFI() ((Manager *)(this->wifi))
// CHECK-LABEL: function Device::start recovered ;
void Device::start() {
  // CHECK: call Manager::autoConnect(&this.*.wifi.*, %{{[0-9]+}}, &("one" 3)) receiver
  WIFI()->autoConnect(ssid.c_str(), "one");
  // CHECK: call Manager::only(&this.*.wifi.*, %{{[0-9]+}}, &("two" 3)) receiver
  WIFI()->only(ssid.c_str(), "two");
  // CHECK: call indirect {{.*}}(%{{[0-9]+}})
  WIFI()->choose(ssid.c_str());
  // CHECK: call Device::inside(&this.*, %{{[0-9]+}}, &("three" 5)) receiver
  inside(ssid.c_str(), "three");
  // CHECK: call Manager::plain(%{{[0-9]+}}, &("four" 4))
  Manager::plain(ssid.c_str(), "four");
  // CHECK: call take(%{{[0-9]+}}, &("five" 4))
  take(ssid.c_str(), "five");
}
