#include "analysis/extract/GuessedDeclarations.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/Scope.h"
#include "clang/Sema/Sema.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace assay;
using namespace clang;

using Form = GuessedShape::Form;

const SourceWords &GuessedDeclarations::wordsOf(FileID File) {
  auto It = Files.find(File);
  if (It == Files.end())
    It = Files
             .emplace(std::piecewise_construct, std::forward_as_tuple(File),
                      std::forward_as_tuple(File, Semantics->getSourceManager(),
                                            Semantics->getLangOpts()))
             .first;
  return It->second;
}

/// None: in a header of the system, or made by a macro's paste.
std::optional<GuessedDeclarations::Use> GuessedDeclarations::useAt(SourceLocation Where) {
  const SourceManager &Sources = Semantics->getSourceManager();
  if (Where.isInvalid())
    return std::nullopt;
  const SourceLocation Spelled = Sources.getSpellingLoc(Where);
  const auto [File, Offset] = Sources.getDecomposedLoc(Spelled);
  if (!Sources.getFileEntryForID(File) || Sources.isInSystemHeader(Spelled))
    return std::nullopt;
  const SourceWords &Words = wordsOf(File);
  const auto At = Words.at(Offset);
  if (!At)
    return std::nullopt;
  return Use{Words, *At, File == Sources.getMainFileID()};
}

/// Its uses make the functions around them doubtful.
void GuessedDeclarations::mark(StringRef Name, FileID File) {
  const SourceManager &Sources = Semantics->getSourceManager();
  const SourceLocation Start = Sources.getLocForStartOfFile(File);
  const SourceWords &Words = wordsOf(File);
  for (const uint32_t N : Words.uses(Name))
    Facts.ErrorPlaces.push_back(Start.getLocWithOffset(Words[N].Offset));
}

NamedDecl *GuessedDeclarations::declare(NamedDecl *D, SourceLocation At) {
  const SourceManager &Sources = Semantics->getSourceManager();
  D->setImplicit();
  const FileID Here = Sources.getFileID(Sources.getSpellingLoc(At));
  mark(D->getName(), Here);
  if (Here != Sources.getMainFileID())
    mark(D->getName(), Sources.getMainFileID());
  Facts.ErrorPlaces.push_back(Sources.getFileLoc(At));
  return D;
}

bool GuessedDeclarations::LookupUnqualified(LookupResult &R, Scope *S) {
  IdentifierInfo *Name = R.getLookupName().getAsIdentifierInfo();
  const bool IsTag = R.getLookupKind() == Sema::LookupTagName;
  if (!isAsked() || !S || !Name || R.isForRedeclaration() || Name->getName().starts_with("__") ||
      (!IsTag && R.getLookupKind() != Sema::LookupOrdinaryName))
    return false;
  const auto U = useAt(R.getNameLoc());
  if (!U || U->Words[U->At].Text != Name->getName())
    return false;
  const llvm::SaveAndRestore Busy(IsBusy, true);
  NamedDecl *D = IsTag ? guessTag(*U, Name, R.getNameLoc()) : guess(*U, Name, R.getNameLoc(), S);
  // In a template nobody asks again what a call with arguments of its parameters may be.
  if (!D && !IsTag && Semantics->CurContext->isDependentContext() &&
      NameGuess(U->Words, /*IsCxx=*/true).isCalledAt(U->At))
    D = functionNamed(Name, R.getNameLoc());
  if (!D)
    return false;
  Semantics->PushOnScopeChains(declare(D, R.getNameLoc()), Semantics->TUScope);
  R.addDecl(D);
  R.resolveKind();
  return true;
}

NamedDecl *GuessedDeclarations::guess(const Use &U, IdentifierInfo *Name, SourceLocation At,
                                      Scope *S) {
  ASTContext &Context = Semantics->Context;
  const NameGuess Guess(U.Words, Semantics->getLangOpts().CPlusPlus);
  const auto In = S->isFunctionPrototypeScope() ? NameGuess::Scope::Parameters
                  : S->getFnParent()            ? NameGuess::Scope::Function
                                                : NameGuess::Scope::File;
  TranslationUnitDecl *Unit = Context.getTranslationUnitDecl();
  const NameGuess::Kind Kind = Guess.kindAt(U.At, In);
  switch (Kind) {
  case NameGuess::Kind::Nothing:
    return nullptr;
  case NameGuess::Kind::Type: {
    // template <ULONG Bits>: a number, or Bits is none of its parameters.
    if (U.Words.is(U.At - 1, tok::less) && U.Words.isName(U.At + 1))
      return typeNamed(Name, Context.UnsignedLongTy, At);
    const GuessedShape Shape = NameGuess(wordsOf(Semantics->getSourceManager().getMainFileID()),
                                         Semantics->getLangOpts().CPlusPlus)
                                   .shapeOfType(Name->getName());
    if (Shape.Is == Form::Record && Semantics->getLangOpts().CPlusPlus)
      return recordOf(Shape, Name, At);
    return typeNamed(Name, typeOf(Shape, Name, At), At);
  }
  case NameGuess::Kind::Label: {
    auto *Enum = EnumDecl::Create(Context, Unit, At, At, nullptr, nullptr, false, false, false);
    Enum->startDefinition();
    // Far from what anybody would write; each guess leaves a place, so no two are alike.
    const llvm::APSInt Number(llvm::APInt(32, 0x5A000000u + Facts.ErrorPlaces.size()), false);
    auto *Value = EnumConstantDecl::Create(Context, Enum, At, Name, Context.IntTy, nullptr, Number);
    Enum->addDecl(Value);
    Enum->completeDefinition(Context.IntTy, Context.IntTy, 31, 0);
    return Value;
  }
  case NameGuess::Kind::Value:
    break;
  }
  // A header's own function asks WiFi.status(), the file behind it calls WiFi.begin().
  GuessedShape Shape;
  Guess.addShapeOfValue(Name->getName(), Shape);
  if (!U.InMain)
    NameGuess(wordsOf(Semantics->getSourceManager().getMainFileID()),
              Semantics->getLangOpts().CPlusPlus)
        .addShapeOfValue(Name->getName(), Shape);
  auto *Value =
      VarDecl::Create(Context, Unit, At, At, Name, typeOf(Shape, Name, At), nullptr, SC_Extern);
  return Value;
}

/// `struct X` of which somebody makes an object, or looks into one.
NamedDecl *GuessedDeclarations::guessTag(const Use &U, IdentifierInfo *Name, SourceLocation At) {
  const bool IsStruct = U.Words.isName(U.At - 1) && U.Words[U.At - 1].Text == "struct";
  if (!U.InMain || !IsStruct || !U.Words.isBehindIncludes(U.Words[U.At].Offset))
    return nullptr;
  const NameGuess Guess(U.Words, Semantics->getLangOpts().CPlusPlus);
  if (!Guess.isUsedAsWhole(Name->getName()))
    return nullptr;
  GuessedShape Shape = Guess.shapeOfType(Name->getName());
  if (Shape.Is != Form::Record)
    Shape.Members.clear();
  return recordOf(Shape, Name, At);
}

TypedefDecl *GuessedDeclarations::typeNamed(IdentifierInfo *Name, QualType Type,
                                            SourceLocation At) {
  ASTContext &Context = Semantics->Context;
  return TypedefDecl::Create(Context, Context.getTranslationUnitDecl(), At, At, Name,
                             Context.getTrivialTypeSourceInfo(Type, At));
}

IdentifierInfo *GuessedDeclarations::identifier(StringRef Name) const {
  return Name.empty() ? nullptr : Semantics->PP.getIdentifierInfo(Name);
}

/// int (...) of C++, int () of C.
QualType GuessedDeclarations::variadic(QualType Result) const {
  ASTContext &Context = Semantics->Context;
  if (!Semantics->getLangOpts().CPlusPlus)
    return Context.getFunctionNoProtoType(Result);
  FunctionProtoType::ExtProtoInfo Info;
  Info.Variadic = true;
  return Context.getFunctionType(Result, {}, Info);
}

QualType GuessedDeclarations::elementOf(const GuessedShape &Shape, IdentifierInfo *Name,
                                        SourceLocation At, RecordDecl *Outer) {
  ASTContext &Context = Semantics->Context;
  const QualType Letter = Shape.IsWide ? Context.getWideCharType() : Context.CharTy;
  switch (Shape.Is) {
  case Form::Number:
    return Context.getIntTypeForBitwidth(Shape.Bits, Shape.IsSigned);
  case Form::Char:
    return Letter;
  case Form::Text:
    return Context.getPointerType(Letter.withConst());
  case Form::Address:
    return Context.VoidPtrTy;
  case Form::Function:
    return Context.getPointerType(variadic(Context.IntTy));
  case Form::Record:
    return Context.getRecordType(recordOf(Shape, Name, At, Outer));
  case Form::Reference:
    return Context.getPointerType(Context.getRecordType(recordOf(Shape, Name, At, Outer)));
  }
  llvm_unreachable("a form");
}

QualType GuessedDeclarations::typeOf(const GuessedShape &Shape, IdentifierInfo *Name,
                                     SourceLocation At, RecordDecl *Outer) {
  ASTContext &Context = Semantics->Context;
  const QualType Element = elementOf(Shape, Name, At, Outer);
  if (!Shape.Elements)
    return Element;
  return Context.getConstantArrayType(Element, llvm::APInt(64, Shape.Elements), nullptr,
                                      ArraySizeModifier::Normal, 0);
}

RecordDecl *GuessedDeclarations::recordOf(const GuessedShape &Shape, IdentifierInfo *Name,
                                          SourceLocation At, RecordDecl *Outer) {
  ASTContext &Context = Semantics->Context;
  DeclContext *In = Outer;
  if (!Outer)
    In = Context.getTranslationUnitDecl();
  RecordDecl *Record;
  if (Semantics->getLangOpts().CPlusPlus) {
    auto *Class = CXXRecordDecl::Create(Context, TagTypeKind::Struct, In, At, At, Name);
    Class->startDefinition();
    addMembers(Class, Shape);
    addClass(Class);
    if (Shape.IsKeyed)
      addKeyed(Class);
    Record = Class;
  } else {
    Record = RecordDecl::Create(Context, TagTypeKind::Struct, In, At, At, Name);
    Record->startDefinition();
    addMembers(Record, Shape);
  }
  Record->setImplicit();
  if (Outer)
    Record->setAccess(AS_public);
  Record->completeDefinition();
  return Record;
}

CXXMethodDecl *GuessedDeclarations::method(CXXRecordDecl *Record, DeclarationName Name,
                                           QualType Type) {
  ASTContext &Context = Semantics->Context;
  const SourceLocation At = Record->getLocation();
  return CXXMethodDecl::Create(Context, Record, At, DeclarationNameInfo(Name, At), Type,
                               Context.getTrivialTypeSourceInfo(Type, At), SC_None,
                               /*UsesFPIntrin=*/false, /*isInline=*/false,
                               ConstexprSpecKind::Unspecified, At);
}

void GuessedDeclarations::addMembers(RecordDecl *Record, const GuessedShape &Shape) {
  ASTContext &Context = Semantics->Context;
  const SourceLocation At = Record->getLocation();
  auto *Class = dyn_cast<CXXRecordDecl>(Record);
  for (const GuessedShape::Member &M : Shape.Members) {
    NamedDecl *Member;
    if (Class && M.Shape.Is == Form::Function)
      Member = method(Class, identifier(M.Name), variadic(Context.IntTy));
    else
      Member = FieldDecl::Create(Context, Record, At, At, identifier(M.Name),
                                 typeOf(M.Shape, identifier(M.Name), At, Record), nullptr, nullptr,
                                 /*Mutable=*/false, ICIS_NoInit);
    Member->setAccess(AS_public);
    Member->setImplicit();
    Record->addDecl(Member);
  }
}

/// Made of whatever it is made of, and handed where a text is asked for.
void GuessedDeclarations::addClass(CXXRecordDecl *Record) {
  ASTContext &Context = Semantics->Context;
  const SourceLocation At = Record->getLocation();
  const CanQualType Self = Context.getCanonicalType(Context.getRecordType(Record));
  const QualType Made = variadic(Context.VoidTy);
  auto *Constructor = CXXConstructorDecl::Create(
      Context, Record, At,
      DeclarationNameInfo(Context.DeclarationNames.getCXXConstructorName(Self), At), Made,
      Context.getTrivialTypeSourceInfo(Made, At), ExplicitSpecifier(), /*UsesFPIntrin=*/false,
      /*isInline=*/false, /*isImplicitlyDeclared=*/false, ConstexprSpecKind::Unspecified);
  const QualType Text = Context.getPointerType(Context.CharTy.withConst());
  FunctionProtoType::ExtProtoInfo Info;
  Info.TypeQuals.addConst();
  const QualType Converts = Context.getFunctionType(Text, {}, Info);
  auto *Conversion = CXXConversionDecl::Create(
      Context, Record, At,
      DeclarationNameInfo(
          Context.DeclarationNames.getCXXConversionFunctionName(Context.getCanonicalType(Text)),
          At),
      Converts, Context.getTrivialTypeSourceInfo(Converts, At), /*UsesFPIntrin=*/false,
      /*isInline=*/false, ExplicitSpecifier(), ConstexprSpecKind::Unspecified, At);
  for (CXXMethodDecl *M :
       {static_cast<CXXMethodDecl *>(Constructor), static_cast<CXXMethodDecl *>(Conversion)}) {
    M->setAccess(AS_public);
    M->setImplicit();
    Record->addDecl(M);
  }
}

void GuessedDeclarations::addOperator(CXXRecordDecl *Record, OverloadedOperatorKind Kind,
                                      QualType Given, QualType Result) {
  ASTContext &Context = Semantics->Context;
  const SourceLocation At = Record->getLocation();
  const QualType Type = Context.getFunctionType(Result, {Given}, FunctionProtoType::ExtProtoInfo());
  CXXMethodDecl *M = method(Record, Context.DeclarationNames.getCXXOperatorName(Kind), Type);
  auto *Param = ParmVarDecl::Create(Context, M, At, At, nullptr, Given,
                                    Context.getTrivialTypeSourceInfo(Given, At), SC_None, nullptr);
  Param->setImplicit();
  M->setParams({Param});
  M->setAccess(AS_public);
  M->setImplicit();
  Record->addDecl(M);
}

/// A document of JSON and the like: doc["net"][0]["password"] = "x", doc["name"] | "default".
void GuessedDeclarations::addKeyed(CXXRecordDecl *Record) {
  ASTContext &Context = Semantics->Context;
  const QualType Text = Context.getPointerType(Context.CharTy.withConst());
  const QualType Whole = Context.getLValueReferenceType(Context.getRecordType(Record));
  addOperator(Record, OO_Subscript, Text, Whole);
  addOperator(Record, OO_Subscript, Context.IntTy, Whole);
  addOperator(Record, OO_Equal, Text, Whole);
  addOperator(Record, OO_Pipe, Text, Text);
  addOperator(Record, OO_Pipe, Context.IntTy, Context.IntTy);
}

/// extern "C" int name(...)
FunctionDecl *GuessedDeclarations::functionNamed(IdentifierInfo *Name, SourceLocation At) {
  ASTContext &Context = Semantics->Context;
  auto *Linkage = LinkageSpecDecl::Create(Context, Context.getTranslationUnitDecl(), At, At,
                                          LinkageSpecLanguageIDs::C, /*HasBraces=*/false);
  const QualType Type = variadic(Context.IntTy);
  auto *Function = FunctionDecl::Create(Context, Linkage, At, At, Name, Type,
                                        Context.getTrivialTypeSourceInfo(Type, At), SC_Extern);
  Linkage->addDecl(Function);
  Context.getTranslationUnitDecl()->addDecl(Linkage);
  return Function;
}

TypoCorrection GuessedDeclarations::CorrectTypo(const DeclarationNameInfo &Typo, int LookupKind,
                                                Scope *, CXXScopeSpec *SS,
                                                CorrectionCandidateCallback &,
                                                DeclContext *MemberContext, bool,
                                                const ObjCObjectPointerType *) {
  IdentifierInfo *Name = Typo.getName().getAsIdentifierInfo();
  if (!isAsked() || !Semantics->getLangOpts().CPlusPlus || !Name || MemberContext ||
      (SS && SS->isValid()) || LookupKind != Sema::LookupOrdinaryName)
    return {};
  const auto U = useAt(Typo.getLoc());
  if (!U || !NameGuess(U->Words, /*IsCxx=*/true).isCalledAt(U->At))
    return {};
  const llvm::SaveAndRestore Busy(IsBusy, true);
  FunctionDecl *Function = functionNamed(Name, Typo.getLoc());
  Semantics->IdResolver.AddDecl(declare(Function, Typo.getLoc()));
  TypoCorrection Found(Function);
  Found.setCorrectionRange(SS, Typo);
  return Found;
}
