/// A policy, field by field: for what is kept in the store.
#ifndef ASSAY_DRIVER_SESSION_POLICYFIELDS_H
#define ASSAY_DRIVER_SESSION_POLICYFIELDS_H

#include "driver/session/ResultFields.h"
#include "policies/schema/Policy.h"

namespace assay {

ASSAY_FIELDS(SourcePosition, File, Line, Column)
template <class T, class F> void visitFields(const Located<T> &Of, F &&Each) {
  Each(Of.Value, Of.At);
}
template <class T, class F> void visitFields(Located<T> &Of, F &&Each) {
  Each(Of.Value, Of.At);
}

ASSAY_FIELDS(Role, Id, Does, Binds, CanSucceed, Writes, Unsets, Enters, Carries, PointsInto)
ASSAY_FIELDS(IntCondition, Operator, Value)
ASSAY_FIELDS(ArgRef, Where, Index, Fixed, Variable, Rest, Says, Fields, Behind, Fills, Domain,
             NullMeansUnset, SizeArgument, SizeBytes)
ASSAY_FIELDS(HandedVerdict, Bind, Arg, Pointer, Success)
ASSAY_FIELDS(FunctionModel, Name, Role, Binds, When, Success, Failure, ReturnsArguments,
             ReturnsFacts, ReturnsObject, Verdict, Leaves, Library, Source)
ASSAY_FIELDS(ValueModel, Name, String, Int, Mask, Domain, Is, Instead, Library)
ASSAY_FIELDS(FieldModel, Name, Role, Bind, Domain, When, Tested, Library)
ASSAY_FIELDS(SectionModel, Name, Enters, Library)
ASSAY_FIELDS(Model, Library, Functions, Values, Fields, Sections)

ASSAY_FIELDS(NameClass, Class, Words, Ends, Not, Of)
ASSAY_FIELDS(TextShape, Is, What, Has, Pattern, Not, Bytes)
ASSAY_FIELDS(PlainText, Placeholder, Words, Patterns)
ASSAY_FIELDS(TextList, Is, Texts)
ASSAY_FIELDS(Vocabulary, Names, Shapes, Plain, Lists)

ASSAY_FIELDS(Context, Function, NotFunction, Into, NotInto, File, NotFile, Tests)
ASSAY_FIELDS(OriginTest, Kind, Role)
ASSAY_FIELDS(PropertyGrade, Precision, Sev, ChosenBy)
ASSAY_FIELDS(ForbidProperty, Roles, WipedBy, Where, Message, Grade)
ASSAY_FIELDS(ArgumentProperty, At, Bind, Deny, Allow, Min, Max, DenyOrigin, When, Unless, OrBeside,
             Where, Message, Parameter, Grade)
ASSAY_FIELDS(BuildProperty::Group, Any, None, AbsentIsUnknown)
ASSAY_FIELDS(BuildProperty, Languages, Groups, Message, Grade)
ASSAY_FIELDS(PrecedeProperty, At, By, Same, Needs, Where, Message, Grade)
ASSAY_FIELDS(FollowProperty, At, By, Never, After, Until, Same, As, Kind, Elsewhere, Frees, Weak,
             Tasks, Through, Needs, When, Where, Message, Grade)
ASSAY_FIELDS(ResultProperty, Of, Talks, Across, Where, Message, Grade)
ASSAY_FIELDS(VerdictProperty, At, Unless, Where, Message, Grade)
ASSAY_FIELDS(ExistProperty, Roles, Needs, Message, Grade)
ASSAY_FIELDS(FlowSource, Is, Role, Names, NotNames, Type, NotMadeBy, NotGivenTo, WipedBy)
ASSAY_FIELDS(FlowProperty, From, To, Bind, Sanitizers, SecuredBy, SecuredBind, NotLabelled, Calls,
             WithinFunction, Across, Handed, Where, Message, Grade)
ASSAY_FIELDS(LiteralProperty, Named, HandedTo, Shaped, Answers, In, Of, Where, Message, Grade)
ASSAY_FIELDS(ComparisonProperty, At, With, Named, NotNamed, LookedUp, MadeBy, ConstantTime, Grants,
             Past, PastNamed, Alone, Where, Message, Grade)
ASSAY_FIELDS(ConsistentProperty, Siblings, Does, Roles, Names, NotNames, Least, Percent, Where,
             Message, Grade)
ASSAY_FIELDS(DeclaredProperty, Of, At, Bind, Beside, Where, Message, Unmet, Grade)
ASSAY_FIELDS(Example::File::Expected, Line, Text)
ASSAY_FIELDS(Example::File, Name, Text, PageLine, Findings)
ASSAY_FIELDS(Example, Bad, At, Language, Flags, Files)
ASSAY_FIELDS(CheckPage, Id, At, Title, Sev, Cwe, Family, Since, Precision, Properties, Body,
             Sections, Examples)

ASSAY_FIELDS(FlagRule, Match, TakesNext, Do, To, Why)
ASSAY_FIELDS(MachineLayout, Pointer, Int, Long, Double, LongDouble, MaxAlign, WChar, BigEndian,
             CharSigned, SizeIsLong, Int32IsLong)
ASSAY_FIELDS(TargetRule, Drivers, Triple, Arguments, Layout, Why)
ASSAY_FIELDS(ImpliedArgument, Macro, Value, Then, Else)
ASSAY_FIELDS(VirtualHeader, Name, Text)
ASSAY_FIELDS(CompilerFamily, Name, Title, Drivers, CxxDrivers, GnuWords, Arguments, Targets, Flags,
             Quiet, OwnMacros, Implied, Prelude, Headers, Placement, Queryable, Digest)
ASSAY_FIELDS(ToolNames, Launchers, Shells, Linkers, Assemblers, Others, Digest)
ASSAY_FIELDS(CompilerTable, Families, Tools)
ASSAY_FIELDS(CompilerAnswer, Driver, Path, Version, Target, Language, Options, Includes, Macros)
ASSAY_FIELDS(ToolchainProfile, File, Answers, Headers, Digest)

ASSAY_FIELDS(GateRules, FailOn, FailOnUnproven, CoveragePercent)
ASSAY_FIELDS(ExtractLimits, UnitSeconds, UnitMegabytes)
ASSAY_FIELDS(Standard, Key, Name)
ASSAY_FIELDS(ToolchainRules, Compilers, QueryDrivers, ProjectQueryDrivers, Profiles)
ASSAY_FIELDS(DeclaredStream, Port, Protocol, Purpose)
ASSAY_FIELDS(Declarations, Streams, Algorithms, Accounts)
ASSAY_FIELDS(PolicyPart, Path, Hex, IsFolder)
ASSAY_FIELDS(Policy, Profile, Digest, Parts, Standards, Roles, Models, Secrets, Checks, OffChecks,
             Levels, ChosenLevels, Gate, Extract, CompilerDefaults, OutOfScope, Toolchain, Declared,
             Rules, Families)

} // namespace assay

#endif
