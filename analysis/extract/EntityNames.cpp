#include "analysis/extract/EntityNames.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace assay;
using namespace clang;
using llvm::StringRef;

StringRef assay::writtenName(const TagDecl *Tag) {
  if (!Tag->getName().empty())
    return Tag->getName();
  if (const TypedefNameDecl *Typedef = Tag->getTypedefNameForAnonDecl())
    return Typedef->getName();
  return "";
}

const ValueDecl *assay::capturedVariable(const FieldDecl *Field) {
  const auto *Closure = dyn_cast<CXXRecordDecl>(Field->getParent());
  if (!Closure || !Closure->isLambda())
    return nullptr;
  const unsigned Index = Field->getFieldIndex();
  for (const auto &[Position, Capture] : llvm::enumerate(Closure->captures()))
    if (Position == Index)
      return Capture.capturesVariable() ? Capture.getCapturedVar() : nullptr;
  return nullptr;
}

/// The nearest thing around `D` that lives inside a function, or has no name; `D` itself comes
/// first.
static const TagDecl *unnamedTagAround(const Decl *D) {
  for (; D && !isa<TranslationUnitDecl>(D); D = cast<Decl>(D->getDeclContext()))
    if (const auto *Tag = dyn_cast<TagDecl>(D); Tag && writtenName(Tag).empty())
      return Tag;
  return nullptr;
}

/// Fields and enumerators are as visible as the type around them.
static const NamedDecl *visibleOwner(const NamedDecl *D) {
  if (isa<FieldDecl, EnumConstantDecl, IndirectFieldDecl>(D))
    return cast<NamedDecl>(cast<Decl>(D->getDeclContext()));
  return D;
}

static bool isMutableVariable(const NamedDecl *D) {
  const auto *Var = dyn_cast<VarDecl>(D);
  return Var && !Var->getType().isConstQualified() && !Var->isConstexpr();
}

static const NamedDecl *definitionOf(const NamedDecl *D) {
  const Decl *Definition = nullptr;
  if (const auto *Function = dyn_cast<FunctionDecl>(D)) {
    const FunctionDecl *Body = nullptr;
    if (Function->hasBody(Body))
      Definition = Body;
  } else if (const auto *Tag = dyn_cast<TagDecl>(D)) {
    Definition = Tag->getDefinition();
  } else if (const auto *Var = dyn_cast<VarDecl>(D)) {
    Definition = Var->getActingDefinition();
    if (!Definition)
      Definition = Var->getDefinition();
  }
  return Definition ? cast<NamedDecl>(Definition) : D;
}

std::string EntityNames::fileOf(const NamedDecl *D) {
  const SourceManager &Sources = Locs.sources();
  if (isMutableVariable(D) && !Locs.isInSystemHeader(D->getLocation()))
    return Locs.files().pathOf(Sources.getMainFileID()).str();
  const SourceLocation Where = Sources.getFileLoc(definitionOf(D)->getLocation());
  return Locs.files().pathOf(Sources.getFileID(Where)).str();
}

std::string EntityNames::positionOf(const NamedDecl *D) {
  const SourceManager &Sources = Locs.sources();
  const auto [File, Offset] =
      Sources.getDecomposedLoc(Sources.getFileLoc(definitionOf(D)->getLocation()));
  return llvm::utostr(Sources.getLineNumber(File, Offset)) + ":" +
         llvm::utostr(Sources.getColumnNumber(File, Offset));
}

std::string EntityNames::placeOf(const NamedDecl *D) {
  if (const TagDecl *Tag = unnamedTagAround(D))
    return "@" + fileOf(Tag) + ":" + positionOf(Tag);
  const NamedDecl *Owner = visibleOwner(D);
  if (Owner->isExternallyVisible())
    return "";
  if (!Owner->getParentFunctionOrMethod())
    return "@" + fileOf(Owner);
  // Same-named locals of one function differ by where they are.
  return "@" + fileOf(Owner) + ":" + positionOf(Owner);
}

/// Clang prints the place of an unnamed type into some names: "~(lambda at /home/me/x.cpp:3:9)".
/// The place follows anyway, in its stored form.
static std::string withoutPlaces(StringRef Name) {
  std::string Result;
  while (true) {
    const size_t At = Name.find(" at ");
    const size_t Open = Name.rfind('(', At), Close = Name.find(')', At);
    if (At == StringRef::npos || Open == StringRef::npos || Close == StringRef::npos)
      return Result + Name.str();
    const StringRef Kind = Name.slice(Open + 1, At);
    const bool Unnamed =
        Kind == "lambda" || Kind.starts_with("unnamed") || Kind.starts_with("anonymous");
    Result += Name.take_front(Unnamed ? At : At + 4).str();
    Name = Name.drop_front(Unnamed ? Close : At + 4);
  }
}

/// "c:file.c@955@F@f@x": the offset moves with every edit before it; line and column follow for
/// what needs them.
static std::string withoutOffset(StringRef USR) {
  const size_t File = USR.find('@');
  if (File == StringRef::npos)
    return USR.str();
  const StringRef Rest = USR.drop_front(File + 1);
  const size_t Digits = Rest.find_first_not_of("0123456789");
  if (Digits == 0 || Digits == StringRef::npos || Rest[Digits] != '@')
    return USR.str();
  return (USR.take_front(File) + Rest.drop_front(Digits)).str();
}

std::string EntityNames::ownName(const NamedDecl *D) {
  llvm::SmallString<128> USR;
  if (!index::generateUSRForDecl(D, USR))
    return withoutPlaces(withoutOffset(USR));
  const auto *Parent = dyn_cast<NamedDecl>(D->getDeclContext());
  std::string Name = Parent ? ownName(Parent) : "c:";
  if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    const ValueDecl *Captured = capturedVariable(Field);
    return Name + "@FI@" +
           (Captured ? Captured->getNameAsString() : "#" + llvm::utostr(Field->getFieldIndex()));
  }
  return Name + "@" + D->getNameAsString() + "#" + positionOf(D);
}

std::string EntityNames::nameOf(const NamedDecl *D) {
  return ownName(D) + placeOf(D);
}

/// What the declarator around an unnamed record says: `struct { ... } pos;`.
static StringRef declaratorOf(const TagDecl *Tag) {
  const auto *Parent = dyn_cast<RecordDecl>(Tag->getDeclContext());
  if (!Parent)
    return "";
  for (const FieldDecl *Field : Parent->fields()) {
    const Type *Element = Field->getType()->getPointeeOrArrayElementType();
    if (Element->getAsTagDecl() == Tag)
      return Field->getName();
  }
  return "";
}

static std::string partOf(const NamedDecl *D) {
  if (const auto *Namespace = dyn_cast<NamespaceDecl>(D))
    return Namespace->isInline() ? "" : Namespace->getNameAsString();
  if (const auto *Enum = dyn_cast<EnumDecl>(D))
    return Enum->isScoped() ? writtenName(Enum).str() : "";
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D); Record && Record->isLambda())
    return "(lambda)";
  if (const auto *Tag = dyn_cast<TagDecl>(D))
    return (writtenName(Tag).empty() ? declaratorOf(Tag) : writtenName(Tag)).str();
  if (isa<CXXConstructorDecl>(D))
    return partOf(cast<CXXConstructorDecl>(D)->getParent());
  if (isa<CXXDestructorDecl>(D))
    return "~" + partOf(cast<CXXDestructorDecl>(D)->getParent());
  if (const auto *Field = dyn_cast<FieldDecl>(D); Field && Field->getName().empty()) {
    const auto *Closure = dyn_cast<CXXRecordDecl>(Field->getParent());
    const ValueDecl *Captured = capturedVariable(Field);
    return Captured ? Captured->getNameAsString() : Closure && Closure->isLambda() ? "this" : "";
  }
  return withoutPlaces(D->getNameAsString());
}

std::string EntityNames::qualifiedNameOf(const NamedDecl *D) {
  std::string Name = partOf(D);
  if (const auto *Function = dyn_cast<FunctionDecl>(D); Function && Function->isExternC())
    return Name;
  if (Name.empty() && isa<TagDecl>(D))
    Name = isa<EnumDecl>(D) ? "(unnamed enum)" : "(unnamed)";
  for (const DeclContext *Around = D->getDeclContext(); Around && !Around->isTranslationUnit();
       Around = Around->getParent())
    if (const auto *Named = dyn_cast<NamedDecl>(Around))
      if (std::string Part = partOf(Named); !Part.empty())
        Name = Part + "::" + Name;
  return Name;
}
