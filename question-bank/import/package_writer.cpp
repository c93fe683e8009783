// The package around the items: manifest with metadata, and a test.
#include <algorithm>

#include "crypto/base/escape.h"
#include "question-bank/import/item_writer.h"
#include "question-bank/import/markup.h"

namespace assay::import {

namespace {

std::string identifier_at(std::size_t i) {
    const auto digits = std::to_string(i + 1);
    return "Q" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::string metadata(const Question& q) {
    std::string keywords;
    for (const auto& [name, value] : {std::pair("topic", &q.topic), std::pair("level", &q.level),
                                      std::pair("difficulty", &q.difficulty)}) {
        if (!value->empty()) {
            keywords += "<imsmd:keyword><imsmd:string>" + std::string(name) + ": " +
                        escaped(*value) + "</imsmd:string></imsmd:keyword>";
        }
    }
    return keywords.empty() ? keywords
                            : "<metadata><imsmd:lom><imsmd:general>" + keywords +
                                  "</imsmd:general></imsmd:lom></metadata>";
}

std::string manifest(const Import& source, const PackageNames& names) {
    std::string resources =
        "<resource identifier=\"test\" type=\"imsqti_test_xmlv3p0\" "
        "href=\"test.xml\"><file href=\"test.xml\"/>";
    std::string items;
    for (std::size_t i = 0; i < source.questions.size(); ++i) {
        const auto& q = source.questions[i];
        const auto name = identifier_at(i);
        resources += "<dependency identifierref=\"" + name + "\"/>";
        items += "<resource identifier=\"" + name +
                 "\" type=\"imsqti_item_xmlv3p0\" href=\"items/" + name + ".xml\">" + metadata(q) +
                 "<file href=\"items/" + name + ".xml\"/>";
        for (const auto& [path, bytes] : source.files) {
            const bool used =
                q.stem.find(path) != std::string::npos ||
                std::find(q.pictures.begin(), q.pictures.end(), path) != q.pictures.end();
            items += used ? "<file href=\"items/" + escaped(path) + "\"/>" : "";
        }
        items += "</resource>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest "
           "xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" "
           "xmlns:imsmd=\"http://ltsc.ieee.org/xsd/LOM\" identifier=\"" +
           escaped(names.identifier) + "\" xml:lang=\"" + escaped(names.language) +
           "\"><metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion>"
           "</metadata><organizations/><resources>\n" +
           resources + "</resource>\n" + items + "</resources></manifest>\n";
}

std::string test_of(const Import& source, const PackageNames& names) {
    std::string sections;
    const std::string* topic = nullptr;
    std::size_t count = 0;
    for (std::size_t i = 0; i < source.questions.size(); ++i) {
        const auto& q = source.questions[i];
        if (topic == nullptr || *topic != q.topic) {
            sections += topic == nullptr ? "" : "</qti-assessment-section>\n";
            topic = &q.topic;
            sections += "<qti-assessment-section identifier=\"S" + std::to_string(++count) +
                        "\" title=\"" + escaped(q.topic.empty() ? names.title : q.topic) +
                        "\" visible=\"true\">";
        }
        const auto name = identifier_at(i);
        sections += "<qti-assessment-item-ref identifier=\"" + name + "\" href=\"items/" + name +
                    ".xml\"/>";
    }
    sections += topic == nullptr ? "" : "</qti-assessment-section>";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti-assessment-test "
           "xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"" +
           escaped(names.identifier) + "\" title=\"" + escaped(names.title) + "\" xml:lang=\"" +
           escaped(names.language) +
           "\"><qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" "
           "base-type=\"float\"/><qti-test-part identifier=\"P1\" navigation-mode=\"nonlinear\" "
           "submission-mode=\"simultaneous\">\n" +
           sections +
           "</qti-test-part><qti-outcome-processing><qti-set-outcome-value "
           "identifier=\"SCORE\"><qti-sum><qti-test-variables variable-identifier=\"SCORE\"/>"
           "</qti-sum></qti-set-outcome-value></qti-outcome-processing></qti-assessment-test>\n";
}

}  // namespace

std::map<std::string, Bytes> package_of(const Import& source, const PackageNames& names) {
    std::map<std::string, Bytes> out;
    out["imsmanifest.xml"] = to_bytes(manifest(source, names));
    out["test.xml"] = to_bytes(test_of(source, names));
    for (std::size_t i = 0; i < source.questions.size(); ++i) {
        const auto name = identifier_at(i);
        out["items/" + name + ".xml"] =
            to_bytes(item_of(source.questions[i], name, names.language));
    }
    for (const auto& [path, bytes] : source.files) {
        out["items/" + path] = bytes;
    }
    return out;
}

}  // namespace assay::import
