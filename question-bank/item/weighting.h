#pragma once

#include <vector>

#include "question-bank/item/operator.h"
#include "question-bank/item/score.h"

namespace assay::item {

/// In outcome processing: "Q1.SCORE", weighted where the expression asks. NULL for what is not
/// there.
Result<Value> item_variable(const Call& call);
/// In outcome processing: the correct response of "Q1.RESPONSE", and the default of a variable.
Result<Value> item_correct(const Call& call);
Result<Value> item_default(const Call& call);

/// An item's result beside its place in the test; place.item is null where the test has none such.
struct Placed {
    const ItemResult* result;
    Test::Place place;
};

/// The items that an expression's sectionIdentifier, includeCategory and excludeCategory leave.
std::vector<Placed> item_subset(const Call& call);

/// `name` of an item, with the reference's variable mappings applied; null where there is none.
const Value* variable_of(const Placed& placed, std::string_view name);

/// The reference's weight with that identifier, else 1.
double weight_of(const Placed& placed, std::string_view identifier);

/// A number times a weight; anything else as it is.
Value weighted(const Value& value, double weight);

}  // namespace assay::item
