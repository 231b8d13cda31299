/// A linked program, asked by name.
#ifndef ASSAY_TEST_UNIT_LINK_LINKED_H
#define ASSAY_TEST_UNIT_LINK_LINKED_H

#include "analysis/link/Linker.h"
#include "test/unit/SummaryBuilder.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::test {

class Linked {
public:
  explicit Linked(std::vector<Unit> Units, bool Whole = true) : P(link(std::move(Units), Whole)) {}
  explicit Linked(SummaryBuilder &Only, bool Whole = true) : Linked(one(Only), Whole) {}

  EntityId id(const std::string &EntityName) const {
    for (EntityId Id = 0; Id != P.entityCount(); ++Id)
      if (P.entity(Id).Name == EntityName)
        return Id;
    ADD_FAILURE() << "no entity " << EntityName;
    return 0;
  }
  const EntityInfo &entity(const std::string &Name) const { return P.entity(id(Name)); }

  /// The N-th call through a pointer or by the hierarchy in the first body of `Function`: its
  /// targets, blank-separated, and "..." when there may be others.
  std::string targets(const std::string &Function, unsigned N = 0) const {
    const BodyId Body = P.bodiesOf(id(Function)).front();
    const auto *Insts = P.body(Body).Data->insts();
    for (uint32_t I = 0; I != Insts->size(); ++I) {
      const Inst &Call = *Insts->Get(I);
      const bool Dispatched = Call.op() == Op::Call && (CallKind(Call.sub()) == CallKind::Virtual ||
                                                        CallKind(Call.sub()) == CallKind::Indirect);
      if (Dispatched && N-- == 0)
        return text(P.calleesOf({Body, I}));
    }
    return "no such call";
  }
  std::string text(Callees To) const {
    std::string Text;
    for (EntityId Target : To.Targets)
      Text += (Text.empty() ? "" : " ") + P.entity(Target).Name.str();
    return Text + (To.Complete ? "" : Text.empty() ? "..." : " ...");
  }

  /// The functions or variables whose bodies hold these instructions.
  std::string owners(llvm::ArrayRef<InstRef> Refs) const {
    std::string Text;
    for (InstRef R : Refs)
      Text += (Text.empty() ? "" : " ") + P.entity(P.body(R.Body).Entity).Name.str();
    return Text;
  }
  std::string callers(const std::string &Name) const { return owners(P.callersOf(id(Name))); }
  std::string stores(const std::string &Name) const { return owners(P.storesTo(id(Name))); }
  bool open(const std::string &Name) const { return P.mayHaveUnknownCallers(id(Name)); }

  Program P;

private:
  static std::vector<Unit> one(SummaryBuilder &B) {
    std::vector<Unit> Units;
    Units.push_back(B.unit());
    return Units;
  }
  static Program link(std::vector<Unit> Units, bool Whole) {
    Linker::Options Linking;
    Linking.WholeProgram = Whole;
    auto P = Linker(Linking).link(std::move(Units));
    if (!P)
      ADD_FAILURE() << llvm::toString(P.takeError());
    return P ? std::move(*P) : Program();
  }
};

} // namespace assay::test

#endif
