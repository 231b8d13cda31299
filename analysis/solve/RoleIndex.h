/// Policy meets Program: which entities carry which roles, and what the values of the program mean.
///
/// It answers by name only; it follows no value and judges nothing.
#ifndef ASSAY_ANALYSIS_SOLVE_ROLEINDEX_H
#define ASSAY_ANALYSIS_SOLVE_ROLEINDEX_H

#include "analysis/model/Operand.h"
#include "analysis/model/Program.h"
#include "policies/schema/Annotation.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/GlobPattern.h"

#include <deque>
#include <map>
#include <set>

namespace assay {

/// A place where a role is used: a call, an assignment to a modelled field, or a load of one that
/// is tested.
struct RoleSite {
  InstRef At;
  EntityId Subject = NoId;                ///< the function or field
  const FunctionModel *Call = nullptr;    ///< one of the two
  const FieldModel *Assignment = nullptr; ///< or of which the test has the role
  const char *Exempt = nullptr;           ///< why the site is not judged; null: it is

  const std::string &role() const { return Call ? Call->Role : Assignment->Role; }
};

/// Where a qualified name's own part begins; 0: it is all its own.
inline size_t endOfScope(llvm::StringRef Qualified) {
  for (size_t I = Qualified.size(); I > 1; --I)
    if (Qualified[I - 1] == ':' && Qualified[I - 2] == ':')
      return I;
  return 0;
}

/// Rows found by an exact name, else by a glob.
template <class Row> class NameTable {
public:
  void add(const Row &R) {
    llvm::StringRef Name = *R.Name;
    if (Name.empty())
      return;
    constexpr llvm::StringLiteral AnyRecord = "*::";
    auto Special = Name.find_first_of("*?[{");
    // Many rows are of this form, and each would be tried with every name.
    if (Special == 0 && Name.starts_with(AnyRecord) &&
        Name.find_first_of("*?[{", AnyRecord.size()) == llvm::StringRef::npos) {
      Last[Name.substr(AnyRecord.size())].push_back(&R);
      return;
    }
    if (Special == llvm::StringRef::npos) {
      Exact[Name].push_back(&R);
      return;
    }
    auto Pattern = llvm::GlobPattern::create(Name);
    if (Pattern) { // the loader has refused a bad one with its place
      ByLetter[Special ? Name.front() : AnyLetter].push_back(Globs.size());
      Globs.push_back({Name.take_front(Special).str(), std::move(*Pattern), &R});
    } else
      llvm::consumeError(Pattern.takeError());
  }
  llvm::SmallVector<const Row *, 2> find(llvm::StringRef Name) const {
    if (auto It = Exact.find(Name); It != Exact.end())
      return It->second;
    llvm::SmallVector<const Row *, 2> Found;
    if (const size_t Own = Last.empty() ? 0 : endOfScope(Name))
      if (auto It = Last.find(Name.substr(Own)); It != Last.end())
        Found = It->second;
    // Those of its letter and those of any, in the order in which they were added.
    const llvm::ArrayRef<size_t> Any = numbersOf(AnyLetter),
                                 Own = Name.empty() ? Any : numbersOf(Name.front());
    for (size_t A = 0, O = Name.empty() ? Own.size() : 0; A != Any.size() || O != Own.size();) {
      const bool IsOwn = A == Any.size() || (O != Own.size() && Own[O] < Any[A]);
      const auto &[Prefix, Pattern, R] = Globs[IsOwn ? Own[O++] : Any[A++]];
      if (Name.starts_with(Prefix) && Pattern.match(Name))
        Found.push_back(R);
    }
    return Found;
  }

private:
  static constexpr char AnyLetter = '*';
  llvm::ArrayRef<size_t> numbersOf(char Letter) const {
    const auto It = ByLetter.find(Letter);
    return It == ByLetter.end() ? llvm::ArrayRef<size_t>() : llvm::ArrayRef(It->second);
  }

  llvm::StringMap<llvm::SmallVector<const Row *, 2>> Exact, Last; ///< by the whole name; by its end
  std::vector<std::tuple<std::string, llvm::GlobPattern, const Row *>> Globs;
  std::map<char, std::vector<size_t>> ByLetter; ///< the first one -> numbers of Globs
};

/// What a row binds at one of its calls; nothing: the call has no such argument, or it is no
/// operand that says it.
std::optional<Operand> operandOf(const ArgRef &Ref, InstRef Call, const Program &Prog);

class RoleIndex;
/// text.data(): that in which the call's result is a place, as a model says; nothing: it is none.
std::optional<Operand> objectViewedBy(InstRef Call, const Program &Prog, const RoleIndex &Roles);

bool matchesAnyGlob(const std::vector<std::string> &Globs, llvm::StringRef Text);

class RoleIndex {
public:
  RoleIndex(const Program &Prog, const Policy &Rules);

  /// Annotations of the source that could not be read.
  llvm::ArrayRef<Note> notes() const { return Notes; }

  /// The rows of a function; empty if no model knows it.
  llvm::ArrayRef<const FunctionModel *> rowsOf(EntityId Function) const;
  const Role *role(llvm::StringRef Id) const;
  /// The body stands in a file that the policy leaves out: it is not judged, and what it calls or
  /// sets is not followed.
  bool isOutOfScope(BodyId Body) const { return OutOfScope[Body]; }
  /// Every site of a role, ordered by place in the program. `When` conditions are not yet tested.
  llvm::ArrayRef<RoleSite> sitesOf(llvm::StringRef RoleId) const;
  /// The loads of fields of which a test has the role (FieldModel::Tested); not among its sites.
  llvm::ArrayRef<RoleSite> testsOf(llvm::StringRef RoleId) const;

  Facts factsOfName(llvm::StringRef Name) const;
  Facts factsOfString(llvm::StringRef Text) const;
  Facts factsOfNumber(llvm::StringRef Domain, int64_t Number) const;
  /// What to write where this constant is denied; empty: no row says it.
  llvm::StringRef insteadOfName(llvm::StringRef Name) const;
  llvm::StringRef insteadOfNumber(llvm::StringRef Domain, int64_t Number) const;
  static void join(Facts &Into, const Facts &More);

private:
  void findFunctions();
  void findAnnotations(const AnnotationReader &Reader, EntityId Id);
  llvm::Error annotate(const AnnotationReader &Reader, EntityId Id, llvm::StringRef Text);
  void findFields();
  void findTests(const llvm::DenseMap<EntityId, llvm::SmallVector<const FieldModel *, 2>> &Tested);
  void findImplementations();
  std::set<std::string> librariesDefinedIn(const Unit &In) const;
  bool isOverload(const FunctionModel &Row, llvm::StringRef EntityName) const;
  void findScope(const std::vector<std::string> &Excluded);
  void addSites(EntityId Subject, const FunctionModel &Row);
  void sortSites();

  llvm::SmallVector<const ValueModel *, 2> rowsOfNumber(llvm::StringRef Domain,
                                                        int64_t Number) const;

  const Program &Prog;
  NameTable<FunctionModel> Functions;
  NameTable<FieldModel> Fields;
  NameTable<ValueModel> Values;
  llvm::StringMap<llvm::SmallVector<const ValueModel *, 1>> Strings;
  llvm::StringMap<std::vector<const ValueModel *>> Domains;
  llvm::StringMap<const Role *> RolesById;
  llvm::DenseMap<EntityId, llvm::SmallVector<const FunctionModel *, 2>> Rows;
  std::set<std::string> OfC; ///< libraries that have functions of C alone
  std::set<std::pair<UnitId, std::string>> Implementations;
  llvm::StringMap<std::vector<RoleSite>> Sites, Tests;
  // Rows written in the source.
  std::deque<FunctionModel> Annotated;
  std::deque<FieldModel> AnnotatedFields;
  std::deque<ValueModel> AnnotatedValues;
  std::vector<Note> Notes;
  std::vector<bool> OutOfScope; ///< by body
};

} // namespace assay

#endif
