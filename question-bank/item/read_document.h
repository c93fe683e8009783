#pragma once

#include "question-bank/item/item.h"
#include "question-bank/item/test.h"
#include "question-bank/item/xml.h"

namespace assay::item {

/// The item or test of a file that is parsed already. kInvalid: it is none.
Result<Item> item_of(const Xml& xml);
Result<Test> test_of(const Xml& xml);

}  // namespace assay::item
