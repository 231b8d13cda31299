#include "analysis/extract/NameGuess.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace assay;
using namespace clang;

namespace {
constexpr unsigned MaxDepth = 5;
constexpr size_t MaxPositions = 64;
} // namespace

/// Words of the language that the raw lexer does not tell from names.
static bool isKeyword(StringRef Text) {
  return llvm::StringSwitch<bool>(Text)
      .Cases("if", "else", "while", "for", "switch", "case", "return", "sizeof", "goto", "do", true)
      .Cases("int", "char", "long", "short", "unsigned", "signed", "float", "double", "void", true)
      .Cases("struct", "union", "enum", "class", "static", "extern", "inline", "const", true)
      .Cases("volatile", "register", "auto", "typedef", "bool", "_Bool", "operator", true)
      .Cases("template", "typename", "using", "namespace", "public", "private", "protected", true)
      .Cases("new", "delete", "default", "break", "continue", "virtual", "throw", "this", true)
      .Cases("__attribute__", "__inline", "__extension__", "restrict", "constexpr", true)
      .Default(false);
}

static bool isQualifier(StringRef Text) {
  return Text == "const" || Text == "volatile" || Text == "restrict" || Text == "__restrict";
}

static bool isString(tok::TokenKind Kind) {
  return Kind == tok::string_literal || Kind == tok::wide_string_literal ||
         Kind == tok::utf8_string_literal;
}

static bool isNumberName(StringRef Name) {
  return llvm::all_of(Name,
                      [](char C) { return llvm::isUpper(C) || llvm::isDigit(C) || C == '_'; });
}

/// `u8`, `uint16_t`, `UINT32`, `BYTE`: what bears its width.
static void addWidth(StringRef Name, GuessedShape &Shape) {
  const std::string Lower = Name.lower();
  StringRef Rest = Lower;
  if (Rest == "byte" || Rest == "uchar" || Rest == "word" || Rest == "dword" || Rest == "qword") {
    Shape.IsSigned = false;
    Shape.Bits = Rest == "word" ? 16 : Rest == "dword" ? 32 : Rest == "qword" ? 64 : 8;
    return;
  }
  Rest.consume_back("_t");
  const bool IsUnsigned = Rest.consume_front("u");
  Rest.consume_front("_");
  const bool IsInt = Rest.consume_front("int") || Rest.consume_front("s") || IsUnsigned;
  unsigned Bits = 0;
  if (IsInt && !Rest.consumeInteger(10, Bits) && Rest.empty() &&
      (Bits == 8 || Bits == 16 || Bits == 32 || Bits == 64)) {
    Shape.Bits = Bits;
    Shape.IsSigned = !IsUnsigned;
  }
}

bool NameGuess::beginsStatement(size_t N) const {
  while (W.isName(N - 1) && (isQualifier(W[N - 1].Text) || W[N - 1].Text == "static" ||
                             W[N - 1].Text == "extern" || W[N - 1].Text == "register"))
    --N;
  return N == 0 || W.is(N - 1, tok::semi) || W.is(N - 1, tok::l_brace) ||
         W.is(N - 1, tok::r_brace) || W.is(N - 1, tok::colon);
}

/// `(X)value`, and not `if (X) call();` or `f(X)`.
bool NameGuess::isCastAt(size_t N) const {
  if (!W.is(N - 1, tok::l_paren) || !W.is(N + 1, tok::r_paren))
    return false;
  const auto &Before = W[N - 2];
  const bool IsOperand = Before.Kind == tok::r_paren || Before.Kind == tok::r_square ||
                         (W.isName(N - 2) && Before.Text != "return" && Before.Text != "case");
  if (IsOperand)
    return false;
  const auto &After = W[N + 2];
  return W.isName(N + 2) || isString(After.Kind) || After.Kind == tok::numeric_constant ||
         After.Kind == tok::l_paren || After.Kind == tok::l_brace || After.Kind == tok::amp;
}

/// The variable that is declared behind the word `N` of a type.
std::optional<NameGuess::Declared> NameGuess::declaratorAt(size_t N) const {
  unsigned Stars = 0;
  size_t At = N + 1;
  for (;; ++At)
    if (W.is(At, tok::star) || (IsCxx && W.is(At, tok::amp)))
      Stars += W.is(At, tok::star);
    else if (!W.isName(At) || !isQualifier(W[At].Text))
      break;
  if (!W.isName(At) || isKeyword(W[At].Text))
    return std::nullopt;
  switch (W[At + 1].Kind) {
  case tok::semi:
  case tok::equal:
  case tok::comma:
  case tok::r_paren:
  case tok::l_square:
  case tok::colon:
  case tok::l_paren:
  case tok::l_brace:
    return Declared{At, Stars};
  case tok::greater: // template <X y>; X * y > z is a number
    return Stars ? std::nullopt : std::optional(Declared{At, Stars});
  default:
    return std::nullopt;
  }
}

bool NameGuess::isTypeAt(size_t N, Scope In) const {
  if (W.isName(N - 1) && W[N - 1].Text == "new")
    return true;
  if (isCastAt(N))
    return true;
  size_t Behind = N + 1;
  while (W.is(Behind, tok::star))
    ++Behind;
  const bool AnyStar = Behind != N + 1;
  // (X *)value, f(X *), sizeof(X *), <X *>
  if (AnyStar && (W.is(Behind, tok::r_paren) || W.is(Behind, tok::greater)))
    return true;
  if (W.is(N - 1, tok::less) && W.is(Behind, tok::greater))
    return true;
  if (!declaratorAt(N))
    return false;
  // Two names side by side.
  if (W.isName(N + 1))
    return true;
  // X *v and X &v: a product only where a value is asked for.
  return In != Scope::Function || beginsStatement(N) || W[N].Text.ends_with("_t");
}

bool NameGuess::isTypeSomewhere(StringRef Name) const {
  return llvm::any_of(W.uses(Name), [&](uint32_t N) {
    return !W.isAccess(N - 1) && (isCastAt(N) || (W.isName(N + 1) && declaratorAt(N)) ||
                                  (W.isName(N - 1) && W[N - 1].Text == "new"));
  });
}

NameGuess::Kind NameGuess::kindAt(size_t N, Scope In) const {
  const StringRef Name = W[N].Text;
  if (W.isAccess(N - 1) || W.is(N - 1, tok::coloncolon) || W.is(N + 1, tok::coloncolon))
    return Kind::Nothing;
  if (isTypeAt(N, In))
    return Kind::Type;
  if (isTypeSomewhere(Name))
    return In == Scope::Parameters && !IsCxx && W.is(N + 1, tok::comma) ? Kind::Nothing
                                                                        : Kind::Type;
  if (isCalledAt(N) || W.isName(N + 1) || In == Scope::Parameters)
    return Kind::Nothing;
  if (W.is(N + 1, tok::less) && IsCxx)
    return Kind::Nothing;
  const bool IsStatement = beginsStatement(N);
  if (In == Scope::File && IsStatement)
    return Kind::Nothing;
  if (IsStatement && W.is(N + 1, tok::colon))
    return Kind::Nothing;
  const bool IsCompared = llvm::any_of(
      W.uses(Name), [&](uint32_t U) { return W.isName(U - 1) && W[U - 1].Text == "case"; });
  return IsCompared ? Kind::Label : Kind::Value;
}

bool NameGuess::isUsedAsWhole(StringRef Tag) const {
  bool Any = false;
  for (const uint32_t N : W.uses(Tag)) {
    if (!W.isName(N - 1) || W[N - 1].Text != "struct")
      continue;
    if (W.is(N + 1, tok::l_brace))
      return false;
    Any |= declaratorAt(N).has_value();
  }
  return Any;
}

/// Where the block or the function ends in which the variable at `N` is declared.
size_t NameGuess::endOfScope(size_t N) const {
  int Depth = 0;
  for (size_t I = N; I != W.size(); ++I)
    if (W.is(I, tok::l_brace) || W.is(I, tok::l_paren))
      ++Depth;
    else if (W.is(I, tok::r_brace) && --Depth < 0)
      return I;
    else if (W.is(I, tok::r_paren) && --Depth < 0) {
      // A parameter: the body is what counts.
      if (!W.is(I + 1, tok::l_brace))
        return I;
      return W.closing(I + 1);
    }
  return W.size();
}

std::vector<NameGuess::Declared> NameGuess::declaredWith(StringRef Type) const {
  std::vector<Declared> All;
  for (const uint32_t N : W.uses(Type)) {
    if (W.isAccess(N - 1))
      continue;
    auto First = declaratorAt(N);
    if (!First)
      continue;
    All.push_back(*First);
    // X a, *b;
    for (size_t At = First->At; beginsStatement(N) && W.is(At + 1, tok::comma);) {
      const auto Next = declaratorAt(At + 1);
      if (!Next)
        break;
      All.push_back(*Next);
      At = Next->At;
    }
  }
  return All;
}

GuessedShape &NameGuess::memberOf(GuessedShape &Shape, StringRef Name) {
  for (GuessedShape::Member &M : Shape.Members)
    if (M.Name == Name)
      return M.Shape;
  Shape.Members.push_back({Name, {}});
  return Shape.Members.back().Shape;
}

/// ["key"], [F("key")]; [strlen("text")] is a number.
bool NameGuess::isKeyAt(size_t Bracket) const {
  if (!IsCxx || !W.is(Bracket, tok::l_square))
    return false;
  const bool IsWrapped =
      W.isName(Bracket + 1) && isNumberName(W[Bracket + 1].Text) && W.is(Bracket + 2, tok::l_paren);
  return isString(W[Bracket + (IsWrapped ? 3 : 1)].Kind);
}

/// `Access` is the dot or the arrow in front of the member's name.
void NameGuess::addMember(size_t Access, GuessedShape &Shape, unsigned Depth) const {
  if (!W.isName(Access + 1) || Depth > MaxDepth)
    return;
  GuessedShape &Member = memberOf(Shape, W[Access + 1].Text);
  size_t Behind = Access + 2;
  const bool IsIndexed = W.is(Behind, tok::l_square);
  if (IsIndexed)
    Behind = W.closing(Behind) + 1;
  if (W.isAccess(Behind)) {
    if (Member.Is != Form::Reference)
      Member.Is = W.is(Behind, tok::arrow) ? Form::Reference : Form::Record;
    if (IsIndexed && !Member.Elements)
      Member.Elements = 64;
    return addMember(Behind, Member, Depth + 1);
  }
  if (Member.Is != Form::Number)
    return;
  if (W.is(Behind, tok::l_paren))
    Member.Is = Form::Function;
  else if (isKeyAt(Access + 2))
    Member.Is = Form::Record, Member.IsKeyed = true;
  else if (IsIndexed)
    Member.Is = Form::Char, Member.Elements = 64;
  else if (W.is(Behind, tok::equal)) {
    if (GuessedShape Value = shapeOfInitialiser(Behind + 1, Depth + 1);
        Value.Is != Form::Number || Value.Elements)
      Member = std::move(Value);
  }
}

/// What lies in braces: designated, or by position. Of the rows of a table, the first.
void NameGuess::addInitialiser(size_t Open, GuessedShape &Shape, unsigned Depth) const {
  if (Depth > MaxDepth)
    return;
  const size_t Close = W.closing(Open);
  size_t Position = 0;
  for (size_t N = Open + 1; N < Close && Position != MaxPositions; ++Position) {
    if (W.is(N, tok::period))
      addMember(N, Shape, Depth + 1);
    else if (Shape.Members.size() <= Position && !(W.is(Open + 1, tok::period)))
      Shape.Members.push_back({"", shapeOfInitialiser(N, Depth + 1)});
    while (N < Close && !W.is(N, tok::comma))
      N = W.is(N, tok::l_brace) || W.is(N, tok::l_paren) || W.is(N, tok::l_square)
              ? W.closing(N) + 1
              : N + 1;
    ++N;
  }
}

GuessedShape NameGuess::shapeOfInitialiser(size_t N, unsigned Depth) const {
  GuessedShape Shape;
  const auto &First = W[N];
  if (isString(First.Kind)) {
    Shape.Is = Form::Text;
    Shape.IsWide = First.Kind == tok::wide_string_literal;
  } else if (First.Kind == tok::amp ||
             (W.isName(N) && !isKeyword(First.Text) && !isNumberName(First.Text) &&
              !isCalledAt(N) && (W.is(N + 1, tok::comma) || W.is(N + 1, tok::r_brace))))
    Shape.Is = Form::Address;
  else if (First.Kind == tok::l_brace) {
    addInitialiser(N, Shape, Depth);
    const bool IsNumbers = llvm::all_of(Shape.Members, [](const GuessedShape::Member &M) {
      return M.Name.empty() && M.Shape.Is == Form::Number;
    });
    if (IsNumbers) { // { 0x12, 0x34 }
      Shape.Elements = std::max<uint64_t>(Shape.Members.size(), 1);
      Shape.Bits = 8;
      Shape.IsSigned = false;
      Shape.Members.clear();
    } else
      Shape.Is = Form::Record;
  }
  return Shape;
}

void NameGuess::addUses(size_t From, size_t To, StringRef Name, unsigned Stars, GuessedShape &Shape,
                        unsigned Depth) const {
  for (const uint32_t N : W.uses(Name)) {
    if (N < From || N >= To)
      continue;
    size_t Behind = N + 1;
    if (isKeyAt(Behind)) {
      if (Shape.Is != Form::Reference)
        Shape.Is = Form::Record;
      Shape.IsKeyed = true;
      continue; // what lies under a key is another object
    }
    while (W.is(Behind, tok::l_square))
      Behind = W.closing(Behind) + 1;
    if (!W.isAccess(Behind) || !W.isName(Behind + 1))
      continue;
    const bool IsPointer = W.is(Behind, tok::arrow) && Stars == 0;
    if (Shape.Is != Form::Reference)
      Shape.Is = IsPointer ? Form::Reference : Form::Record;
    addMember(Behind, Shape, Depth);
  }
}

GuessedShape NameGuess::shapeOfType(StringRef Name) const {
  GuessedShape Shape;
  addWidth(Name, Shape);
  for (const Declared &D : declaredWith(Name)) {
    addUses(D.At, endOfScope(D.At), W[D.At].Text, D.Stars, Shape, 0);
    size_t Behind = D.At + 1;
    unsigned Arrays = 0;
    for (; W.is(Behind, tok::l_square); ++Arrays)
      Behind = W.closing(Behind) + 1;
    if (!W.is(Behind, tok::equal))
      continue;
    const size_t Value = Behind + 1;
    if (isString(W[Value].Kind) && Shape.Is == Form::Number) {
      Shape.Is = Arrays || D.Stars ? Form::Char : Form::Text;
      Shape.IsWide = W.is(Value, tok::wide_string_literal);
    } else if (W.is(Value, tok::l_brace)) {
      const size_t Row = Arrays && W.is(Value + 1, tok::l_brace) ? Value + 1 : Value;
      const GuessedShape Listed = shapeOfInitialiser(Row, 0);
      const bool IsRow = Listed.Is == Form::Record && (!Arrays || Row != Value);
      if (!IsRow || (Shape.Is != Form::Record && Shape.Is != Form::Number))
        continue;
      Shape.Is = Form::Record;
      addInitialiser(Row, Shape, 0);
    }
  }
  // A class of C++ that is only handed about.
  const bool IsClass = IsCxx && Shape.Is == Form::Number && Shape.Bits == 32 &&
                       !Name.ends_with("_t") && !isNumberName(Name) && !Name.empty() &&
                       llvm::isUpper(Name.front());
  if (IsClass)
    Shape.Is = Form::Record;
  return Shape;
}

void NameGuess::addShapeOfValue(StringRef Name, GuessedShape &Shape) const {
  addUses(0, W.size(), Name, 0, Shape, 0);
}
