#include "analysis/solve/CallMeaning.h"

using namespace assay;

/// One bind's argument ends in another's.
static void addMove(const FunctionModel &Row, const std::string &Bind, const std::string &Source,
                    CallMeaning &M) {
  auto To = Row.Binds.find(Bind), From = Row.Binds.find(Source);
  if (To == Row.Binds.end() || From == Row.Binds.end() ||
      From->second.Where != ArgRef::Kind::Argument || To->second.Where == ArgRef::Kind::Global)
    return;
  M.From = static_cast<int>(From->second.Index);
  M.ToThis = To->second.Where == ArgRef::Kind::This;
  M.ToResult = To->second.Where == ArgRef::Kind::Return;
  if (To->second.Where == ArgRef::Kind::Argument)
    M.ToOf = static_cast<int>(To->second.Index);
}

CallMeaning assay::meaningOf(EntityId Callee, const RoleIndex &Roles) {
  CallMeaning M;
  for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
    const Role *R = Roles.role(Row->Role);
    if (!R)
      continue;
    M.Compares |= R->Binds.count("left") && R->Binds.count("right");
    const bool Tells = *R->Id == "log.write" || *R->Id == "console.write";
    M.Adds |= *R->Id == "container.add";
    M.Pairs |= *R->Id == "container.pair";
    M.Joins |= *R->Id == "string.join";
    M.Appends |= *R->Id == "string.append";
    if (auto Of = Row->Binds.find("from"); *R->Id == "string.view" && Of != Row->Binds.end() &&
                                           Of->second.Where == ArgRef::Kind::Argument)
      M.Views = static_cast<int>(Of->second.Index);
    if (auto Or = Row->Binds.find("default"); *R->Id == "container.get-or" &&
                                              Or != Row->Binds.end() &&
                                              Or->second.Where == ArgRef::Kind::Argument)
      M.Default = static_cast<int>(Or->second.Index);
    M.Formats |= R->Binds.count("format") || Tells;
    M.Logs |= Tells && Row->When.empty();
    if (auto To = Row->Binds.find("to"); R->Carries.count("to") && To != Row->Binds.end() &&
                                         To->second.Where == ArgRef::Kind::Argument)
      M.Written = static_cast<int>(To->second.Index);
    // strcat(password, "42"): a part of it stands in the source.
    for (const auto &[Bind, Sources] : R->Carries)
      if (!R->Binds.count("format") && !M.Pairs)
        for (const std::string &Source : Sources)
          if (Source != Bind)
            addMove(*Row, Bind, Source, M);
    for (const auto &[Bind, Source] : R->Writes)
      addMove(*Row, Bind, Source, M);
  }
  return M;
}

bool assay::listsArguments(const Body &B, const IndexTables &In, const Inst &Call,
                           const EntityInfo &Callee, const CallMeaning &M) {
  const auto *Params = Callee.Row->params();
  const uint32_t First = (Call.flags() & static_cast<uint16_t>(CallFlag::Receiver)) ? 1 : 0;
  const uint32_t Named = First + (Params ? Params->size() : 0);
  if (!Callee.has(EntityFlag::Variadic) || M.Formats || M.Logs || Named == First ||
      Named > Call.c())
    return false;
  const Operand O(B.args()->Get(Call.b() + Named - 1));
  const Place *P = O.is(OperandKind::AddressOf) ? B.places()->Get(O.index()) : nullptr;
  return P && P->kind() == BaseKind::Literal &&
         !In.string(B.constants()->Get(P->base())->text()).contains('%');
}
