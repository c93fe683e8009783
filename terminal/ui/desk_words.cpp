#include "terminal/ui/desk_words.h"

#include <algorithm>

#include "terminal/widgets/time_words.h"

namespace assay::terminal_ui {

wxString desk_words(const Scene& scene, const sitting::DeskText& said,
                    const widgets::Tongue& tongue) {
    if (said.kind == record::OrderKind::kExtraTime) {
        const wxString time = widgets::time_words(tongue, std::max<std::int64_t>(0, said.seconds));
        return tongue.say("terminal.desk.extra-time"_id, {{"time", time.utf8_string()}});
    }
    const auto item = std::ranges::find(scene.items, said.item, &ItemMark::item);
    if (said.kind != record::OrderKind::kErrata || item == scene.items.end()) {
        return wxString::FromUTF8(said.text);
    }
    return tongue.say(
        "terminal.desk.errata"_id,
        {{"number", std::to_string(item - scene.items.begin() + 1)}, {"text", said.text}});
}

}  // namespace assay::terminal_ui
