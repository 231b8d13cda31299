// What several literals are together: lists of names or labels, functions that give things names -
// who holds many texts of one form holds no secret - and the words of a command.
#include "analysis/solve/CallMeaning.h"
#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/TextArguments.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

bool LiteralTable::isListOfNames(const LiteralSpot &S) {
  constexpr size_t FewPairs = 6; // three keys with their values
  if (S.Row == NoId || !rows()[S.Row].IsList || llvm::StringRef(S.Key).starts_with("-"))
    return false;
  const std::vector<uint32_t> &All = Rows[S.Row].Spots;
  auto IsName = [&](uint32_t Spot) {
    const llvm::StringRef Text = Spots[Spot].Text;
    return !Text.empty() && !llvm::isUpper(Text.front()) &&
           llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '-'; });
  };
  // A name or two of a long list may be written otherwise.
  const auto Names = static_cast<size_t>(llvm::count_if(All, IsName));
  const bool ArePairs = All.size() < FewPairs && All.size() % 2 == 0;
  return !ArePairs && All.size() >= 3 && Names * 10 >= All.size() * 9;
}

bool LiteralTable::isListOfLabels(const LiteralSpot &S) {
  if (S.Row == NoId || !rows()[S.Row].IsList)
    return false;
  const std::vector<uint32_t> &All = Rows[S.Row].Spots;
  auto IsSentence = [&](uint32_t Spot) { return llvm::StringRef(Spots[Spot].Text).contains(' '); };
  const auto Sentences = static_cast<size_t>(llvm::count_if(All, IsSentence));
  return All.size() >= 3 && Sentences * 3 >= All.size();
}

/// "Kennwort", "Abbrechen", "Netz waehlen": what a screen shows begins with a capital letter and
/// has neither digits nor signs.
static bool isLabel(llvm::StringRef Text) {
  const auto IsLetter = [](char C) {
    return llvm::isAlpha(C) || static_cast<unsigned char>(C) >= 0x80 || C == ' ' || C == '-';
  };
  const bool IsCapital = !Text.empty() && (llvm::isUpper(Text.front()) ||
                                           static_cast<unsigned char>(Text.front()) >= 0x80);
  return IsCapital && llvm::all_of(Text.rtrim(".:!?"), IsLetter);
}

bool LiteralTable::isInTableOfLabels(const LiteralSpot &S) {
  constexpr size_t Several = 2;
  // What functions put into a container one by one are settings, not a table of texts.
  if (S.Row == NoId || rows()[S.Row].Table.empty() ||
      Prog.body(S.At.Body).Data->kind() != BodyKind::Initialiser)
    return false;
  size_t Labels = 0;
  for (const LiteralRow &Row : Rows) {
    if (Row.Table != Rows[S.Row].Table || Row.Spots.size() != 2 ||
        Spots[Row.Spots[1]].At.Body != S.At.Body)
      continue;
    if (!isLabel(Spots[Row.Spots[1]].Text))
      return false;
    ++Labels;
  }
  return Labels >= Several;
}

bool LiteralTable::isInTableOfNames(const LiteralSpot &S) {
  constexpr size_t Several = 3;
  if (S.Row == NoId || rows()[S.Row].Table.empty())
    return false;
  size_t All = 0, Twice = 0;
  for (const LiteralRow &Row : Rows) {
    if (&Row == &Rows[S.Row] || Row.Table != Rows[S.Row].Table || Row.Spots.size() < 2 ||
        Spots[Row.Spots.front()].At.Body != S.At.Body)
      continue;
    if (Spots[Row.Spots[0]].Text == S.Text)
      return true;
    ++All;
    Twice += Spots[Row.Spots[0]].Text == Spots[Row.Spots[1]].Text ? 1 : 0;
  }
  return Twice >= Several && Twice * 2 > All;
}

/// The call writes a text of its own to this argument, over all of the one that stood there.
static bool isFormattedOver(const BodyView &B, const Inst &Call, EntityId Callee, uint32_t Arg,
                            size_t Letters, const RoleIndex &Roles) {
  const auto Args = B.argsOf(Call).drop_front(BodyView::receivers(Call));
  const CallMeaning M = meaningOf(Callee, Roles);
  if (!M.Formats || M.Written != static_cast<int>(Arg))
    return false;
  return llvm::all_of(Roles.rowsOf(Callee), [&](const FunctionModel *Row) {
    const auto Size = Row->Binds.find("size");
    if (Size == Row->Binds.end() || Size->second.Where != ArgRef::Kind::Argument)
      return true;
    if (Size->second.Index >= Args.size())
      return false;
    const Operand O = B.unconverted(Operand(Args[Size->second.Index]));
    const Constant *C = O.is(OperandKind::Const) ? &B.Constants[O.index()] : nullptr;
    return C && C->kind() == ConstantKind::Int && C->value() > static_cast<int64_t>(Letters);
  });
}

bool LiteralTable::isOverwritten(const LiteralSpot &S) const {
  const BodyView B(Prog, S.At.Body);
  const Inst &Init = B.Insts[S.At.Inst];
  if (Init.op() != Op::Store || B.Places[Init.a()].kind() != BaseKind::Local)
    return false;
  const uint32_t Local = B.Places[Init.a()].base();
  const auto IsOf = [&](const Place &P) {
    return P.kind() == BaseKind::Local && P.base() == Local;
  };
  for (uint32_t I = S.At.Inst + 1; I != B.Insts.size(); ++I) {
    const Inst &Next = B.Insts[I];
    if (Next.op() == Op::Branch || Next.op() == Op::Switch || Next.op() == Op::Return ||
        (Next.op() == Op::Load && IsOf(B.Places[Next.a()])))
      return false;
    if (Next.op() == Op::Copy || Next.op() == Op::Derive)
      continue; // what is made of its address is seen where that is used
    size_t Uses = 0;
    B.forEachOperand(Next, [&](Operand O) {
      const Place *P = B.addressedPlace(O);
      Uses += P && IsOf(*P);
    });
    if (!Uses)
      continue;
    if (Uses != 1 || Next.op() != Op::Call)
      return false;
    const auto Args = B.argsOf(Next).drop_front(BodyView::receivers(Next));
    const auto *Arg =
        llvm::find_if(Args, [&](uint32_t Raw) { return wholeLocal(B, Operand(Raw)) == Local; });
    const auto Targets = Prog.calleesOf({S.At.Body, I}).Targets;
    return Arg != Args.end() && Targets.size() == 1 &&
           isFormattedOver(B, Next, Targets.front(), static_cast<uint32_t>(Arg - Args.begin()),
                           S.Text.size(), Roles);
  }
  return false;
}

bool LiteralTable::isOfNamingFunction(const LiteralSpot &S) {
  constexpr size_t Several = 3;
  (void)spots();
  auto It = Returned.find(S.At.Body);
  return It != Returned.end() && It->second.size() >= Several && It->second.count(S.Text);
}

std::optional<LiteralSpot> assay::commandOf(llvm::ArrayRef<LiteralSpot> Spots,
                                            llvm::ArrayRef<uint32_t> Words) {
  LiteralSpot Whole;
  bool HasOption = false;
  for (uint32_t Spot : Words) {
    const LiteralSpot &Word = Spots[Spot];
    HasOption |= llvm::StringRef(Word.Text).starts_with("-");
    Whole.Text += (Whole.Text.empty() ? "" : " ") + Word.Text;
    Whole.Parts.push_back(Word.Const);
  }
  if (!HasOption || Words.size() < 2)
    return std::nullopt;
  Whole.At = Spots[Words.front()].At;
  Whole.Const = Whole.Parts.front();
  return Whole;
}
