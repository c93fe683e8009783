// Any body that a browser may send to an item or a test: a reply of 200 with an object, or 400; the
// same body gives the same reply.
#include <cstdint>

#include "crypto/base/check.h"
#include "question-bank/preview/preview.h"

namespace {

using namespace assay;

std::map<std::string, Bytes> files() {
    std::map<std::string, Bytes> out;
    const auto add = [&](const char* path, std::string_view text) {
        out[path] = to_bytes(as_bytes(text));
    };
    add("imsmanifest.xml",
        R"(<manifest identifier="M"><resources><resource identifier="T" type="imsqti_test_xmlv2p2"
        href="t.xml"/><resource identifier="A" type="imsqti_item_xmlv2p2" href="a.xml"/></resources>
        </manifest>)");
    add("t.xml",
        R"(<assessmentTest identifier="T" title="T"><outcomeDeclaration identifier="TOTAL"
        cardinality="single" baseType="float"/><testPart identifier="P" navigationMode="linear"
        submissionMode="individual"><assessmentSection identifier="S" title="S" visible="true">
        <ordering shuffle="true"/><assessmentItemRef identifier="Q1" href="a.xml"><branchRule
        target="Q2"><gt><variable identifier="Q1.SCORE"/><baseValue baseType="float">1</baseValue>
        </gt></branchRule></assessmentItemRef><assessmentItemRef identifier="Q2" href="a.xml">
        <templateDefault templateIdentifier="V"><variable identifier="Q1.N"/></templateDefault>
        </assessmentItemRef></assessmentSection></testPart><outcomeProcessing><setOutcomeValue
        identifier="TOTAL"><sum><testVariables variableIdentifier="SCORE"/></sum></setOutcomeValue>
        </outcomeProcessing></assessmentTest>)");
    add("a.xml",
        R"(<assessmentItem identifier="A" title="A" adaptive="true" timeDependent="false">
        <responseDeclaration identifier="S" cardinality="single" baseType="string"/>
        <responseDeclaration identifier="N" cardinality="single" baseType="integer"/>
        <responseDeclaration identifier="P" cardinality="multiple" baseType="pair"/>
        <responseDeclaration identifier="X" cardinality="ordered" baseType="point"/>
        <responseDeclaration identifier="D" cardinality="record"/>
        <responseDeclaration identifier="F" cardinality="single" baseType="file"/>
        <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
        <templateDeclaration identifier="V" cardinality="single" baseType="integer"/><itemBody><p>
        <textEntryInteraction responseIdentifier="S"/></p></itemBody><responseProcessing>
        <setOutcomeValue identifier="SCORE"><sum><variable identifier="N"/><variable
        identifier="V"/></sum></setOutcomeValue></responseProcessing></assessmentItem>)");
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const text::Texts texts;
    static const auto preview = preview::Preview::make(item::make_package(files()).value(), texts,
                                                       text::Language::kEnglish, "/t/")
                                    .value();
    if (size == 0) {
        return 0;
    }
    const char* path = data[0] % 2 == 0 ? "/t/item/0" : "/t/test/0";
    const preview::Request request{"POST", path, {}, std::string(data + 1, data + size)};
    const auto reply = preview.answer(request);
    ASSAY_CHECK(reply.status == 200 || reply.status == 400);
    if (reply.status == 200) {
        ASSAY_CHECK(boost::json::parse(reply.body).is_object());
        ASSAY_CHECK(preview.answer(request).body == reply.body);
    }
    return 0;
}
