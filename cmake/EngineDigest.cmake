# Run at build time: writes OUT, a C++ source that defines what all programs of one build call their
# engine by. FILES are the libraries and sources that decide what a summary or an answer says.
set(All "")
foreach(File IN LISTS FILES)
  file(SHA256 ${File} Digest)
  string(APPEND All "${Digest}\n")
endforeach()
string(SHA256 Digest "${All}")
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT
"extern const char AssayEngineDigest[];
const char AssayEngineDigest[] = \"@Digest@\";
")
