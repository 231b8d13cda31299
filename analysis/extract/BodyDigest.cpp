#include "analysis/extract/BodyDigest.h"

#include "llvm/Support/xxhash.h"

using namespace assay;

namespace {
class Digester {
public:
  explicit Digester(const DigestTables &Tables) : Tables(Tables) {}

  void number(uint64_t N) { Words.push_back(N); }
  void string(uint32_t S) { number(Tables.Strings.hash(S)); }
  void entity(uint32_t E) { string(Tables.EntityNames[E]); }
  void entityOrNone(uint32_t E) { E ? entity(E - 1) : number(0); }
  void loc(const Loc &L) {
    number(uint64_t(L.line()) << 16 | L.column());
    string(L.macro());
    number(L.line() ? Tables.FileHashes[L.file()] : 0);
  }
  void operand(uint32_t Raw) {
    const Operand O(Raw);
    number(static_cast<uint64_t>(O.kind()));
    O.is(OperandKind::Function) ? entity(O.index()) : number(O.index());
  }
  void body(const BodyRows &B);
  uint64_t result() const {
    return llvm::xxh3_64bits(
        llvm::ArrayRef(reinterpret_cast<const uint8_t *>(Words.data()), Words.size() * 8));
  }

private:
  void inst(const Inst &I);
  void constant(const Constant &C);
  void places(const BodyRows &B);
  void graph(const BodyRows &B);

  const DigestTables &Tables;
  std::vector<uint64_t> Words;
};
} // namespace

/// Which fields hold operands depends on the instruction; see TUSummary.fbs.
void Digester::inst(const Inst &I) {
  number(uint64_t(I.flags()) << 16 | uint64_t(I.op()) << 8 | I.sub());
  string(I.type());
  loc(I.loc());
  switch (I.op()) {
  case Op::ScopeEnd:
  case Op::Opaque:
    return number(I.a());
  case Op::Load:
  case Op::Store:
    number(I.a());
    return operand(I.b());
  case Op::Call:
    operand(I.a());
    number(I.b());
    return number(I.c());
  case Op::Select:
    operand(I.a());
    operand(I.b());
    return operand(I.c());
  default:
    operand(I.a());
    operand(I.b());
    return number(I.c());
  }
}

void Digester::constant(const Constant &C) {
  number(static_cast<uint64_t>(C.value()));
  number(uint64_t(C.flags()) << 16 | uint64_t(C.kind()) << 8 | C.width());
  string(C.text());
  string(C.inner_macro());
  entityOrNone(C.entity());
  loc(C.loc());
}

void Digester::places(const BodyRows &B) {
  for (const Place &P : B.Places) {
    number(uint64_t(P.path_len()) << 16 | uint64_t(P.kind()) << 8 | P.truncated());
    P.kind() == BaseKind::Global ? entity(P.base()) : number(P.base());
  }
  for (const Step &S : B.Steps) {
    number(static_cast<uint64_t>(S.kind()));
    S.kind() == StepKind::Field ? entity(S.value()) : number(S.value());
  }
  for (const Local &L : B.Locals) {
    string(L.name());
    string(L.type());
    loc(L.loc());
  }
}

void Digester::graph(const BodyRows &B) {
  for (const Block &Row : B.Blocks) {
    number(uint64_t(Row.num_insts()) << 32 | Row.num_succs());
    number(uint64_t(Row.num_cases()) << 8 | Row.no_return());
  }
  for (uint32_t Succ : B.Succs)
    number(Succ);
  for (const Case &C : B.Cases) {
    number(static_cast<uint64_t>(C.low()));
    number(static_cast<uint64_t>(C.high()));
    number(C.succ());
  }
}

void Digester::body(const BodyRows &B) {
  entity(B.Entity);
  number(uint64_t(B.Kind) << 8 | uint64_t(B.State));
  loc(B.At);
  loc(B.End);
  graph(B);
  for (const Inst &I : B.Insts)
    inst(I);
  for (uint32_t Arg : B.Args)
    operand(Arg);
  for (const Constant &C : B.Constants)
    constant(C);
  places(B);
}

uint64_t assay::digestOf(const BodyRows &Body, const DigestTables &Tables) {
  Digester D(Tables);
  D.body(Body);
  return D.result();
}
