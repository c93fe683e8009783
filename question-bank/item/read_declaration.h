#pragma once

#include "question-bank/item/item.h"
#include "question-bank/item/xml.h"

namespace assay::item {

/// Where a declaration stands, and where what is odd about it goes.
struct DeclarationSource {
    const Xml& xml;
    QtiVersion version;
    std::vector<Finding>& findings;
};

/// A responseDeclaration, outcomeDeclaration or templateDeclaration. What cannot be read becomes
/// a finding and stays out; a declaration without a known cardinality is single.
Declaration read_declaration(pugi::xml_node node, VariableKind kind,
                             const DeclarationSource& source);

/// All declarations among the children of `parent`, of all three kinds.
void read_declarations(pugi::xml_node parent, const DeclarationSource& source, Item& item);

/// "A" in a mapEntry is not "a": 2.0 and 2.1 say so, 2.2 and 3.0 say the opposite.
bool map_is_case_sensitive(QtiVersion version);

}  // namespace assay::item
