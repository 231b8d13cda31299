#include "analysis/solve/LiteralTable.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/CallMeaning.h"
#include "analysis/solve/FormatText.h"
#include "analysis/solve/JoinedTexts.h"
#include "analysis/solve/Masking.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/TextArguments.h"

#include "llvm/ADT/StringExtras.h"

#include <numeric>
#include <utility>

using namespace assay;

namespace assay {

/// The literals of one body.
class LiteralCollector {
public:
  LiteralCollector(LiteralTable &Into, BodyId Id)
      : Into(Into), Prog(Into.Prog), Words(Prog), Id(Id), In(Prog.tablesOf(Id)),
        B(*Prog.body(Id).Data), View(Prog, Id), Texts(Prog, Into.Roles, Id),
        FirstSpot(static_cast<uint32_t>(Into.Spots.size())) {}

  void run() {
    for (uint32_t I = 0; I != rowCount(B.insts()); ++I)
      visit(I);
    for (const auto &[Path, Row] : RowOf)
      if (Into.Rows[Row].IsList)
        addCommand(Into.Rows[Row].Spots);
    llvm::append_range(Into.Spots, joinedTexts(Prog, View, Texts, Into.Roles,
                                               llvm::ArrayRef(Into.Spots).drop_front(FirstSpot)));
  }

private:
  void visit(uint32_t I) {
    const Inst &In = *B.insts()->Get(I);
    switch (In.op()) {
    case Op::Store: {
      const Place &To = *B.places()->Get(In.a());
      if (const Place *From = letterCopiedBy(View, In))
        if (auto Held = Texts.heldBy(*From))
          addWritten(*Held, Texts.nameOfElement(To), "");
      if (!Texts.mayBeText(Operand(In.b())))
        return;
      const auto [First, Last] = add(I, Operand(In.b()), ownName(Words.lastName(Id, To)));
      if (In.flags() & static_cast<uint16_t>(StoreFlag::Initialise))
        for (uint32_t Spot = First; Spot != Last; ++Spot)
          addToRow(Spot, To);
      return;
    }
    case Op::Return: {
      const auto [First, Last] = add(I, Operand(In.a()), ownName(Words.function(Id)));
      for (uint32_t Spot = First; Spot != Last; ++Spot)
        Into.Returned[Id].insert(Into.Spots[Spot].Text);
      return;
    }
    case Op::Call:
      return visitCall(I, In);
    default:
      return;
    }
  }

  static constexpr unsigned Steps = 6;

  /// The literals that the operand may be: through casts, `?:`, additions to a pointer and one
  /// variable. Gives the range of the spots that it made.
  std::pair<uint32_t, uint32_t> add(uint32_t I, Operand O, const std::string &Holder,
                                    const std::string &Key = "", bool Compared = false,
                                    unsigned Left = Steps) {
    const auto First = static_cast<uint32_t>(Into.Spots.size());
    if (Left == Steps && !Holder.empty() && !Compared)
      if (auto Held = Texts.heldBy(O))
        addWritten(*Held, Holder, Key);
    if (O.is(OperandKind::Const))
      addWritten({{Id, I}, O.index()}, Holder, Key, Compared);
    else if (const auto Const = Texts.constantAt(O))
      addWritten({{Id, I}, *Const}, Holder, Key, Compared);
    else if (O.is(OperandKind::Temp) && Left) {
      const Inst &From = *B.insts()->Get(O.index());
      if (From.op() == Op::Copy)
        add(I, Operand(From.a()), Holder, Key, Compared, Left - 1);
      if (From.op() == Op::Call)
        if (const Operand Viewed = viewedBy(View, O, Prog, Into.Roles); Viewed != O)
          add(I, Viewed, Holder, Key, Compared, Left - 1);
      if (From.op() == Op::Select) {
        add(I, Operand(From.b()), Holder, Key, Compared, Left - 1);
        add(I, Operand(From.c()), Holder, Key, Compared, Left - 1);
      }
    }
    return {First, static_cast<uint32_t>(Into.Spots.size())};
  }

  void addWritten(const WrittenText &T, const std::string &Holder, const std::string &Key,
                  bool Compared = false) {
    const Constant &C = *Prog.body(T.At.Body).Data->constants()->Get(T.Const);
    const bool IsArray = C.kind() == ConstantKind::Bytes;
    const bool IsBytes = IsArray && (C.width() == 8 || C.width() == 32 || C.width() == 64);
    if (!IsBytes && C.kind() != ConstantKind::String)
      return;
    LiteralSpot S;
    S.At = T.At;
    S.Const = T.Const;
    S.Text = Prog.tablesOf(T.At.Body).string(C.text()).str();
    S.IsArray = IsArray;
    S.Compared = Compared;
    S.Holder = Holder;
    S.Key = Key;
    // {'a', 'd', 'm', 'i', 'n', 0} is a text.
    if (IsArray)
      if (llvm::StringRef Text = llvm::StringRef(S.Text).rtrim('\0');
          Text.size() > 2 && llvm::all_of(Text, llvm::isPrint)) {
        S.IsArray = false;
        S.Text = Text.str();
      }
    Into.Spots.push_back(std::move(S));
  }

  void addCommand(llvm::ArrayRef<uint32_t> Words) {
    if (std::optional<LiteralSpot> Whole = commandOf(Into.Spots, Words))
      Into.Spots.push_back(std::move(*Whole));
  }

  /// A row of a table: the same base and path but for the last step, with an element on the way.
  void addToRow(uint32_t Spot, const Place &To) {
    std::string Key = std::to_string(static_cast<int>(To.kind())) + ":" + std::to_string(To.base());
    bool Elements = false;
    for (uint32_t S = 0; S + 1 < To.path_len(); ++S) {
      const Step &St = *B.steps()->Get(To.path_start() + S);
      Elements |= St.kind() == StepKind::Index;
      Key += "," + std::to_string(static_cast<int>(St.kind())) + ":" + std::to_string(St.value());
    }
    if (!To.path_len())
      return;
    auto [It, New] = RowOf.try_emplace(Key, static_cast<uint32_t>(Into.Rows.size()));
    if (New) {
      Into.Rows.emplace_back();
      Into.Rows.back().IsList = lastStep(To).kind() == StepKind::Index;
      Place Whole = To;
      Whole.mutate_path_len(0);
      if (Elements)
        Into.Rows.back().Table = ownName(Words.lastName(Id, Whole));
    }
    LiteralRow &Row = Into.Rows[It->second];
    LiteralSpot &Me = Into.Spots[Spot];
    // Members that a constructor sets one after the other are no row of a table.
    const bool IsTable = To.kind() != BaseKind::This;
    if (IsTable && !Row.Spots.empty() && mayBeKey(Into.Spots[Row.Spots.back()].Text, To)) {
      Me.KeySpot = Row.Spots.back();
      Me.Key = Into.Spots[Me.KeySpot].Text;
    }
    Me.Row = It->second;
    Row.Spots.push_back(Spot);
  }

  const Step &lastStep(const Place &Of) const {
    return *B.steps()->Get(Of.path_start() + Of.path_len() - 1);
  }

  /// In a plain list of texts keys and values take turns, unless the key is an option's.
  bool mayBeKey(llvm::StringRef Before, const Place &Value) const {
    const Step &Last = lastStep(Value);
    return Last.kind() != StepKind::Index || Last.value() % 2 == 1 || Before.starts_with("-");
  }

  // ---- calls
  /// What the call's result is stored to.
  std::string resultName(uint32_t Call) const {
    const uint32_t End = std::min<uint32_t>(Call + 4, rowCount(B.insts()));
    for (uint32_t I = Call + 1; I < End; ++I)
      if (const Inst &In = View.Insts[I];
          In.op() == Op::Store &&
          View.unconverted(Operand(In.b())) == Operand(OperandKind::Temp, Call))
        return ownName(Words.lastName(Id, View.Places[In.a()]));
    return "";
  }

  void visitCall(uint32_t I, const Inst &Call) {
    const llvm::ArrayRef<EntityId> Targets = Prog.calleesOf({Id, I}).Targets;
    if (Targets.empty())
      return;
    const EntityInfo &Callee = Prog.entity(Targets.front());
    CallMeaning M = meaningOf(Targets.front(), Into.Roles);
    if (M.From < 0 && Into.Roles.rowsOf(Targets.front()).empty())
      if (const auto Copied = Into.Loops.copiedBy(Targets.front())) {
        M.From = static_cast<int>(Copied->From);
        M.ToOf = static_cast<int>(Copied->To);
      }
    const uint32_t First = BodyView::receivers(Call);
    std::string Before;
    uint32_t BeforeSpot = NoId;
    const auto Start = static_cast<uint32_t>(Into.Spots.size());
    for (uint32_t A = First; A < Call.c(); ++A) {
      if (!Texts.mayBeText(Operand(View.argsOf(Call)[A]))) {
        Before.clear();
        continue;
      }
      const auto [From, To] = addArgument(I, Call, A, Callee, M, Before);
      for (uint32_t Spot = From; Spot != To; ++Spot)
        if (!Before.empty() && Into.Spots[Spot].Key == Before)
          Into.Spots[Spot].KeySpot = BeforeSpot;
        else
          Into.Spots[Spot].KeySpot = spotOf(Into.Spots[Spot].Key, From);
      Before = To > From ? Into.Spots[From].Text : "";
      BeforeSpot = From;
      if (!Before.empty() && Texts.isOwnFunction(Before))
        Before.clear();
    }
    addKept(Call, Callee, M, Start);
    if (Callee.has(EntityFlag::Variadic) && M.Formats && !M.Logs)
      addFilled(I, Call, Callee);
    if (listsArguments(B, In, Call, Callee, M)) {
      std::vector<uint32_t> All(Into.Spots.size() - Start);
      std::iota(All.begin(), All.end(), Start);
      addCommand(All);
    }
  }

  /// Where the key was made into an object of its own, before.
  uint32_t spotOf(const std::string &Key, uint32_t Before) const {
    constexpr uint32_t Near = 4;
    for (uint32_t Spot = Before; Spot != FirstSpot && Before - Spot < Near; --Spot)
      if (!Key.empty() && Into.Spots[Spot - 1].Text == Key)
        return Spot - 1;
    return NoId;
  }

  /// What is formatted of texts alone, as far as they are written here: "useradd -p %s", "word".
  void addFilled(uint32_t I, const Inst &Call, const EntityInfo &Callee) {
    const auto Args = View.argsOf(Call);
    const uint32_t Named = BodyView::receivers(Call) + rowCount(Callee.Row->params());
    const auto Format =
        Named && Named < Args.size() ? Texts.literalOf(Operand(Args[Named - 1])) : std::nullopt;
    if (!Format)
      return;
    LiteralSpot Whole;
    Whole.At = {Id, I};
    Whole.Const = *Format;
    Whole.Parts = {*Format};
    Whole.Text = FormatText(Texts.textOf(*Format)).filled([&](size_t Nth) -> std::string {
      const auto Part =
          Named + Nth < Args.size() ? Texts.literalOf(Operand(Args[Named + Nth])) : std::nullopt;
      if (!Part)
        return "";
      Whole.Parts.push_back(*Part);
      return Texts.textOf(*Part);
    });
    if (Whole.Parts.size() > 1)
      Into.Spots.push_back(std::move(Whole));
  }

  /// A text that is kept under another in a container: an element of a map, or of a list of pairs.
  void addKept(const Inst &Call, const EntityInfo &Callee, const CallMeaning &M, uint32_t Start) {
    const auto Made = static_cast<uint32_t>(Into.Spots.size()) - Start;
    const auto Args = View.argsOf(Call);
    const bool IsOfObject = BodyView::receivers(Call) && !Args.empty();
    if (M.Pairs) {
      if (Made == 2)
        addPair(Start, Start + 1,
                B.kind() == BodyKind::Initialiser ? ownName(Words.function(Id)) : "");
    } else if (M.Adds && IsOfObject) {
      const std::string Name = Texts.nameOf(Operand(Args[0]));
      for (uint32_t Row : std::exchange(Pairs, {}))
        Into.Rows[Row].Table = Name;
      if (Made == 2) // users.emplace("admin", "word")
        addPair(Start, Start + 1, Name);
    } else if (Made == 1 && IsOfObject && Callee.Qualified.ends_with("::operator=")) {
      // users["admin"] = "word"
      const Operand Element = View.unconverted(Operand(Args[0]));
      if (!Element.is(OperandKind::Temp) || View.Insts[Element.index()].op() != Op::Call)
        return;
      const Inst &Get = View.Insts[Element.index()];
      if (BodyView::receivers(Get) && Into.Spots[Start].KeySpot != NoId)
        addPair(Into.Spots[Start].KeySpot, Start, Texts.nameOf(Operand(View.argsOf(Get)[0])));
    }
  }

  /// Its table may be known only by the call that it is handed to next.
  void addPair(uint32_t Key, uint32_t Value, std::string Table) {
    const auto Number = static_cast<uint32_t>(Into.Rows.size());
    if (Table.empty())
      Pairs.push_back(Number);
    LiteralRow Row;
    Row.Table = std::move(Table);
    Row.Spots = {Key, Value};
    for (uint32_t Spot : Row.Spots) {
      Into.Spots[Spot].Row = Number;
      Into.Spots[Spot].Holder.clear();
    }
    Into.Rows.push_back(std::move(Row));
  }

  std::pair<uint32_t, uint32_t> addArgument(uint32_t I, const Inst &Call, uint32_t A,
                                            const EntityInfo &Callee, const CallMeaning &M,
                                            const std::string &Before) {
    const uint32_t First = (Call.flags() & static_cast<uint16_t>(CallFlag::Receiver)) ? 1 : 0;
    const int Param = static_cast<int>(A - First);
    auto Arg = [&](uint32_t N) { return Operand(B.args()->Get(Call.b() + N)); };
    TextUse Of{Texts.parameterName(Callee, A - First), M.Compares, ""};
    std::string Key = Texts.isKept(Call) || Before.empty() ? Texts.keyOf(Call, A) : Before;
    const bool IntoObject = First && ((Param == M.From && M.ToThis) ||
                                      (Call.c() == 2 && TextArguments::isMadeOfIt(Callee)));
    if (IntoObject) {
      Of = Texts.useOf(I, Arg(0));
      Key = Of.Key;
    }
    if (!IntoObject && Param == M.From)
      Of.Holder =
          M.ToResult ? resultName(I) : Texts.nameOf(Arg(First + static_cast<uint32_t>(M.ToOf)));
    // obj["key"] = "x"; obj["key"] | "x"; get("key").value_or("x")
    const bool IsDefault = First && Param == M.Default;
    if ((First && Callee.Qualified.ends_with("::operator=")) || IsDefault ||
        (A == 1 && Callee.Qualified.ends_with("operator|")))
      Key = Texts.bracketText(Arg(0));
    if (IsDefault && Of.Holder.empty())
      Of.Holder = Texts.nameOf(Arg(0));
    if (Callee.has(EntityFlag::Variadic))
      Key = M.Logs                                     ? ""
            : !listsArguments(B, In, Call, Callee, M)  ? keyInFormat(Call, First, A, Callee, M, Of)
            : llvm::StringRef(Before).starts_with("-") ? Before
                                                       : "";
    else if (M.Formats)
      Key.clear();
    const bool IsAnswer =
        Param == M.From && M.ToOf >= 0 && isOfParameter(Arg(First + static_cast<uint32_t>(M.ToOf)));
    if (IsAnswer)
      Key = ownName(Words.function(Id)); // void default_password(char *out) { strcpy(out, ...
    const auto Made = add(I, Arg(A), Of.Holder, Key, Of.Compared);
    for (uint32_t Spot = Made.first; Spot != Made.second; ++Spot)
      Into.Spots[Spot].IsAnswer = IsAnswer;
    if (IntoObject && Callee.Kind == EntityKind::Constructor && Arg(0).is(OperandKind::AddressOf))
      for (uint32_t Spot = Made.first; Spot != Made.second; ++Spot)
        addToRow(Spot, *B.places()->Get(Arg(0).index()));
    return Made;
  }

  /// The word in front of a value's place in the format: "PASS %s", "password=%s". What is
  /// formatted as it is ("%s") belongs to what is written. What goes to the console is shown to
  /// somebody.
  std::string keyInFormat(const Inst &Call, uint32_t First, uint32_t A, const EntityInfo &Callee,
                          const CallMeaning &M, TextUse &Of) const {
    const auto *Params = Callee.Row->params();
    const uint32_t Named = First + (Params ? Params->size() : 0);
    if (Named == First || A < Named)
      return "";
    auto Arg = [&](uint32_t N) { return Operand(B.args()->Get(Call.b() + N)); };
    const Operand O = Arg(Named - 1);
    const Place *P = O.is(OperandKind::AddressOf) ? B.places()->Get(O.index()) : nullptr;
    const std::string To = Texts.nameOf(Arg(First));
    if (!P || P->kind() != BaseKind::Literal || To == "stderr" || To == "stdout")
      return "";
    const FormatText Format(In.string(B.constants()->Get(P->base())->text()));
    if (M.Written >= 0 && Format.isOnlyValue())
      Of.Holder = Texts.nameOf(Arg(First + static_cast<uint32_t>(M.Written)));
    return Format.keyOf(A - Named).str();
  }

  /// What a parameter of this function points to.
  bool isOfParameter(Operand O) const {
    if (!O.is(OperandKind::Temp) || B.insts()->Get(O.index())->op() != Op::Load)
      return false;
    const Place &From = *B.places()->Get(B.insts()->Get(O.index())->a());
    return From.kind() == BaseKind::Param && From.path_len() == 0;
  }

  LiteralTable &Into;
  const Program &Prog;
  Describer Words;
  BodyId Id;
  const IndexTables &In;
  const Body &B;
  const BodyView View;
  TextArguments Texts;
  uint32_t FirstSpot; ///< of this body
  std::map<std::string, uint32_t> RowOf;
  std::vector<uint32_t> Pairs; ///< rows of which the table is not known yet
};

} // namespace assay

llvm::ArrayRef<LiteralSpot> LiteralTable::spots() {
  if (Made)
    return Spots;
  Made = true;
  for (BodyId Id = 0; Id != Prog.bodyCount(); ++Id)
    if (!isOfSystem(Id) && !Roles.isOutOfScope(Id) && Asked.namesOfHere(Id))
      LiteralCollector(*this, Id).run();
  return Spots;
}

bool LiteralTable::isOfSystem(BodyId Id) const {
  const uint16_t File = Prog.body(Id).Data->loc()->file();
  const auto *Files = Prog.tablesOf(Id).Files;
  return File < Files->size() && Files->Get(File)->system();
}
