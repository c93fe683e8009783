#include "question-bank/sealed/statements.h"

#include "tests/crypto/record/signed_laws.h"

namespace assay::test {
namespace {

using Statements = ::testing::Types<sealed::BankPart, sealed::ScoringPart, sealed::SiteKit>;
using Lists = ::testing::Types<sealed::ItemList>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sealed, SignedLaws, Statements);
INSTANTIATE_TYPED_TEST_SUITE_P(Sealed, DocumentLaws, Lists);

}  // namespace
}  // namespace assay::test
