#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "crypto/base/bytes.h"

namespace assay::sealed {

/// A value of a file, or a place that is not allowed in a candidate view.
struct Found {
    std::string place;    ///< element, or element@attribute; names of QTI 2.x
    std::string value;    ///< trimmed
    std::string problem;  ///< empty for a mere value
};

/// One XML file of a package, every value of it sorted into secret (below or on an element or
/// attribute that tells the key) and open.
class XmlParts {
  public:
    /// False for what is not XML, or deeper than items may be.
    bool read(ByteView xml);

    const std::vector<Found>& values() const { return values_; }
    /// Elements, attributes, comments and processing instructions no candidate view may have.
    const std::vector<Found>& forbidden() const { return forbidden_; }
    const std::set<std::string, std::less<>>& secret() const { return secret_; }
    const std::set<std::string, std::less<>>& open() const { return open_; }
    /// What open elements call themselves and their variables.
    const std::set<std::string, std::less<>>& identifiers() const { return identifiers_; }

  private:
    bool walk(const pugi::xml_node& node, bool secret, std::size_t depth);
    bool enter(const pugi::xml_node& element, bool secret, std::size_t depth);
    void note(const std::string& place, std::string_view value, bool secret);
    void note_attribute(const std::string& element, const pugi::xml_attribute& attribute,
                        bool secret);

    std::vector<Found> values_;
    std::vector<Found> forbidden_;
    std::set<std::string, std::less<>> secret_;
    std::set<std::string, std::less<>> open_;
    std::set<std::string, std::less<>> identifiers_;
};

}  // namespace assay::sealed
