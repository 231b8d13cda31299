#include "analysis/solve/Judging.h"

#include "analysis/solve/SwitchedOff.h"
#include "policies/schema/Pattern.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace assay;

Finding Judging::findingAt(InstRef R) const {
  Finding F;
  F.Check = Page.Id;
  F.Sev = Page.Sev;
  F.Lvl = Lvl;
  F.At = Words.at(R);
  F.Function = Words.function(R.Body);
  F.EntityName = Prog.entity(Prog.body(R.Body).Entity).Name.str();
  F.Reached = Reaches.isReached(Prog.body(R.Body).Entity);
  return F;
}

void Judging::addFault(const std::string &Role, InstRef R, Finding F) const {
  addSite(Role, R, Verdict::Fail, F.Message);
  Out.Findings.push_back(std::move(F));
}

void Judging::addSite(const std::string &Role, InstRef R, Verdict V, std::string Reason) const {
  Out.Sites.push_back({Page.Id, Role, Words.at(R), Words.function(R.Body), V, std::move(Reason)});
}

PathStep Judging::restsOn(InstRef R, std::string Text) const {
  return {Words.at(R), Words.function(R.Body), std::move(Text)};
}

std::string assay::saidBy(const FunctionModel &Row) {
  std::string Text = Row.Role.empty() ? "known" : Row.Role;
  if (Row.Name.At.Line == 0)
    return Text + " by an annotation of the source";
  // The name alone: where the installation lies is nobody's business.
  const llvm::StringRef File = llvm::sys::path::filename(*Row.Name.At.File);
  Text += llvm::formatv(" by {0}:{1}", File, Row.Name.At.Line).str();
  return Row.Source.empty() ? Text : Text + ", read in " + Row.Source;
}

bool assay::asksForNames(const Context &C) {
  return !C.Into.empty() || !C.NotInto.empty();
}

/// One for each pattern of the policy, which there are few of; a thread has its own.
static const Pattern &patternOf(const std::string &Text) {
  thread_local std::map<std::string, Pattern> Known;
  return Known.try_emplace(Text, Text).first->second;
}

static bool isExcluded(const Context &C, const Judging &J, const std::string &Function,
                       const std::string &File) {
  return (!C.NotFunction.empty() && patternOf(C.NotFunction).match(Function)) ||
         (!C.NotFile.empty() && patternOf(C.NotFile).match(File)) ||
         (!C.Tests && (J.Tests.holds(File) || J.Tests.isSelfTest(Function)));
}

bool assay::isExcluded(const Context &C, InstRef At, const Judging &J) {
  return ::isExcluded(C, J, J.Words.function(At.Body), J.Words.at(At).File);
}

bool assay::inContext(const Context &C, const Judging &J, const std::string &Function,
                      const std::string &File, llvm::ArrayRef<std::string> Names) {
  auto AnyName = [&](const std::string &Pattern) {
    return llvm::any_of(Names, [&](const std::string &N) { return patternOf(Pattern).match(N); });
  };
  // "function" and "into" are two ways to say the same thing: either is enough.
  bool AsksWhere = !C.Function.empty() || !C.Into.empty();
  bool There = (!C.Function.empty() && patternOf(C.Function).match(Function)) ||
               (!C.Into.empty() && AnyName(C.Into));
  return (!AsksWhere || There) && (C.NotInto.empty() || !AnyName(C.NotInto)) &&
         (C.File.empty() || patternOf(C.File).match(File)) && !::isExcluded(C, J, Function, File);
}

/// A pointer is named by the global that it points to, or by the text; what is read from a variable
/// of somebody else by that.
static std::string nameBehind(const Value &V, const Program &Prog) {
  if (const EntityId Outside = V.namedOutside(Prog); Outside != NoId)
    return Prog.entity(Outside).Qualified.str();
  if (V.K != Value::Kind::Pointer)
    return "";
  if (V.Entity != NoId)
    return Prog.entity(V.Entity).Qualified.str();
  if (V.Place->Base != BaseKind::Literal)
    return "";
  const BodyId In = V.Place->In->Body;
  const Constant &C = *Prog.body(In).Data->constants()->Get(V.Place->Index);
  return C.kind() == ConstantKind::String ? Prog.tablesOf(In).string(C.text()).str() : "";
}

/// "/dev/mtd*", "open()": what is not known to be such is none.
static bool asksToBeKnown(llvm::StringRef Name) {
  return Name.ends_with("*") || Name.ends_with("()");
}

bool assay::asksForKnown(const std::vector<std::string> &Names) {
  return llvm::all_of(Names, asksToBeKnown);
}

bool assay::hasName(const Value &V, const std::vector<std::string> &Names, const Judging &J) {
  const auto Have = J.Words.namesOf(V);
  const std::string Behind = nameBehind(V, J.Prog);
  const bool IsMade = V.K == Value::Kind::Result || V.K == Value::Kind::Fresh;
  const llvm::StringRef Maker = IsMade ? J.Prog.entity(V.Entity).Qualified : "";
  return llvm::any_of(Names, [&](llvm::StringRef N) {
    if (!Maker.empty() && N.consume_back("()"))
      return Maker == N;
    if (N.consume_back("*"))
      return llvm::StringRef(Behind).starts_with(N);
    return llvm::is_contained(Have, N) || (!Behind.empty() && Behind == N) ||
           (V.K == Value::Kind::Int && std::to_string(V.Int) == N);
  });
}

static ValueSet argumentValues(const RoleSite &S, unsigned Arg, const Judging &J) {
  return J.Values.operand(J.Values.root(S.At.Body), J.Values.argument(S.At, Arg), S.At.Inst);
}

/// Not known, or a number that somebody gives of whom nothing is known.
static bool mayBeAny(const Value &V, const Judging &J) {
  // Two names of a header that is not there are taken for two values.
  const EntityId Outside = V.namedOutside(J.Prog);
  if (Outside != NoId && J.Prog.entity(Outside).has(EntityFlag::Implicit))
    return false;
  if (V.K != Value::Kind::Result || V.At.Body == NoId || !J.Roles.rowsOf(V.Entity).empty())
    return V.isUnknown();
  return !J.Prog.tablesOf(V.At.Body).string(J.Prog.inst(V.At).type()).contains('*');
}

bool assay::mayMeanThis(const RoleSite &S, const Judging &J) {
  return !S.Call || llvm::all_of(S.Call->When, [&](const auto &W) {
    const bool Known = asksForKnown(W.second);
    return llvm::any_of(argumentValues(S, W.first, J), [&](const Value &V) {
      return (!Known && mayBeAny(V, J)) || hasName(V, W.second, J);
    });
  });
}

bool assay::meansOnlyThis(const RoleSite &S, const Judging &J) {
  return !S.Call || llvm::all_of(S.Call->When, [&](const auto &W) {
    return llvm::all_of(argumentValues(S, W.first, J),
                        [&](const Value &V) { return hasName(V, W.second, J); });
  });
}

bool assay::isJudged(const RoleSite &S, const Context &Where, const Judging &J) {
  if (S.Exempt) {
    J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
    return false;
  }
  J.Values.begin();
  if (!mayMeanThis(S, J))
    return false;
  if (inContext(Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {}))
    return true;
  J.addSite(S.role(), S.At, Verdict::NotApplicable, "outside the context that the check is about");
  return false;
}

/// What an assignment's row says of the stored number.
static std::optional<bool> storesIt(const RoleSite &S, const Judging &J) {
  bool Holds = false, Other = false;
  for (const Value &V :
       J.Values.operand(J.Values.root(S.At.Body), Operand(J.Prog.inst(S.At).b()), S.At.Inst)) {
    const bool Zero = V.K == Value::Kind::Zero || V.K == Value::Kind::Null;
    if (V.K != Value::Kind::Int && !Zero)
      return std::nullopt;
    (S.Assignment->When->holds(Zero ? 0 : V.Int) ? Holds : Other) = true;
  }
  return Holds && Other ? std::nullopt : std::optional(Holds);
}

ReachedSite assay::firstReached(llvm::ArrayRef<std::string> Roles, const Judging &J) {
  ReachedSite First;
  for (const std::string &R : Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      J.Values.begin();
      if (S.Exempt || !J.Reaches.isReached(J.Prog.body(S.At.Body).Entity) || !mayMeanThis(S, J))
        continue;
      const bool Asks = S.Assignment && S.Assignment->When;
      const std::optional<bool> Stores = Asks ? storesIt(S, J) : true;
      if (Stores == false)
        continue;
      if (switchedOff(S.At, J)) {
        First.Off = First.Off ? First.Off : &S;
        continue;
      }
      if (Stores && meansOnlyThis(S, J)) {
        First.Surely = &S;
        return First;
      }
      if (!First.Perhaps)
        First.Perhaps = &S;
    }
  return First;
}

bool assay::isNeeded(llvm::ArrayRef<std::string> Needs, const Judging &J) {
  if (Needs.empty() || firstReached(Needs, J))
    return true;
  J.Out.NotAsked = "the program has no " + llvm::join(Needs, ", and no ");
  return false;
}

std::optional<Operand> assay::boundOperand(const RoleSite &S, const std::string &Bind,
                                           const Judging &J) {
  if (!S.Call)
    return std::nullopt;
  const auto Ref = S.Call->Binds.find(Bind);
  return Ref == S.Call->Binds.end() ? std::nullopt : operandOf(Ref->second, S.At, J.Prog);
}

std::string assay::fillIn(llvm::StringRef Template,
                          llvm::ArrayRef<std::pair<llvm::StringRef, std::string>> Words) {
  std::string Out;
  while (!Template.empty()) {
    auto [Before, After] = Template.split('{');
    Out += Before;
    if (Before.size() == Template.size())
      break;
    auto [Key, Rest] = After.split('}');
    auto It = llvm::find_if(Words, [&, K = Key](const auto &W) { return W.first == K; });
    Out += It != Words.end() ? It->second : ("{" + Key + "}").str();
    Template = Rest;
  }
  return Out;
}
