#include "question-bank/render/page.h"

#include <functional>
#include <regex>
#include <set>

#include <pugixml.hpp>

#include "question-bank/render/player.h"
#include "question-bank/render/words.h"
#include "tests/question-bank/render/render_pages.h"

namespace assay::render::test {
namespace {

std::string page_of(const item::Item& item,
                    const std::function<void(RenderRequest&)>& change = {}) {
    static const text::Texts kTexts = shipped_texts();
    RenderRequest request{.item = item, .texts = kTexts};
    request.item_path = "items/one.xml";
    if (change) {
        change(request);
    }
    return render_item_page(request).value();
}

std::string main_of(const std::string& page) {
    const auto begin = page.find("<main");
    return page.substr(begin, page.find("</main>") - begin);
}

std::string drawn(const std::string& body) { return main_of(page_of(item_with_body(body))); }

TEST(Page, IsWellFormedAndStartsWithItsPolicy) {
    for (const std::string& name : sample_names()) {
        const item::Item item = sample(name);
        const std::string page = page_of(item);
        pugi::xml_document document;
        EXPECT_TRUE(document.load_string(page.c_str(), pugi::parse_default | pugi::parse_doctype))
            << name;
        EXPECT_NE(
            page.find("default-src &#39;none&#39;; script-src assay-bank:; style-src assay-bank:; "
                      "img-src assay-bank: data:; media-src blob:"),
            std::string::npos);
        EXPECT_EQ(main_of(page).find("class=\"unsupported\""), std::string::npos) << name;
    }
}

TEST(Page, PolicyNamesOnlyTheHostsOwnSources) {
    const item::Item item = sample("choice");
    const text::Texts texts;
    RenderRequest request{.item = item, .texts = texts};
    request.bank_url = "https://example.test:8443/bank/";
    request.player_url = "/player/";
    const std::string policy = content_security_policy(request);
    EXPECT_NE(policy.find("img-src https://example.test:8443 data:"), std::string::npos) << policy;
    EXPECT_NE(policy.find("script-src 'self'"), std::string::npos) << policy;
}

TEST(Page, SpeaksTheLanguageThatIsAskedFor) {
    const item::Item item = sample("multiple");
    const auto english = [](RenderRequest& request) {
        request.language = text::Language::kEnglish;
    };
    EXPECT_NE(page_of(item).find("html lang=\"zh-CN\""), std::string::npos);
    EXPECT_NE(page_of(item).find("清除作答"), std::string::npos);
    EXPECT_NE(page_of(item, english).find("Clear my answer"), std::string::npos);
}

TEST(Page, NeverHoldsAKey) {
    for (const std::string& name : sample_names()) {
        const item::Item item = sample(name);
        const std::string page = main_of(page_of(item));
        EXPECT_EQ(page.find("correct"), std::string::npos) << name;
        for (const item::Declaration& declaration : item.responses) {
            if (declaration.base == item::BaseType::kIdentifier) {
                continue;  // identifiers of choices have to be there
            }
            if (declaration.base == item::BaseType::kInteger) {
                continue;  // a number of plays or a bound may be the same by chance
            }
            for (const std::string& line : item::value_to_text(declaration.correct)) {
                EXPECT_EQ(page.find('"' + line + '"'), std::string::npos) << name << ' ' << line;
                EXPECT_EQ(page.find('>' + line + '<'), std::string::npos) << name << ' ' << line;
            }
        }
    }
}

TEST(Page, HoldsTheStateThatTheHostStored) {
    const item::Item item = sample("text-entry");
    const std::string page = page_of(item, [](RenderRequest& request) {
        request.state.responses["R2"] = {"</script>\"'&"};
        request.state.texts["a.txt"] = "one\ntwo";
    });
    EXPECT_NE(page.find("\\u003c/script\\u003e\\u0022&#39;\\u0026"), std::string::npos);
    EXPECT_EQ(page.find("</script>\"'"), std::string::npos);
    PageState state;
    state.responses = {{"A", {"x y"}}, {"B", {}}};
    EXPECT_EQ(state_json(state), R"({"responses":{"A":["x y"],"B":[]},"texts":{}})");
}

TEST(Page, KeepsAStopOnTheLineOfTheBlankBeforeIt) {
    const std::string gaps = drawn(
        "<gapMatchInteraction responseIdentifier=\"R\"><gapText identifier=\"a\">A</gapText>"
        "<p>甲 <gap identifier=\"g\"/>；」乙 <gap identifier=\"h\"/>丙</p>"
        "</gapMatchInteraction>");
    EXPECT_NE(gaps.find("</button>；」</span>乙 <button"), std::string::npos) << gaps;
    EXPECT_NE(gaps.find("</button>丙"), std::string::npos) << gaps;
    const std::string entry = drawn("<p>a <textEntryInteraction responseIdentifier=\"R\"/>. b</p>");
    EXPECT_NE(entry.find("a <span class=\"kept\"><span class=\"ia"), std::string::npos) << entry;
    EXPECT_NE(entry.find("</span>.</span> b"), std::string::npos) << entry;
}

TEST(Page, DropsWhatCouldRunOrReachOut) {
    for (const char* body :
         {"<p onclick=\"alert(1)\">x</p>", "<p><script>alert(1)</script>x</p>",
          "<p><a href=\"javascript:alert(1)\">x</a></p>", "<iframe src=\"javascript:alert(1)\"/>",
          "<p><img src=\"javascript:alert(1)\" alt=\"x\"/></p>",
          "<p><img src=\"http://evil.test/a.png\" alt=\"x\"/></p>",
          "<p><img src=\"//evil.test/a.png\" alt=\"x\"/></p>",
          "<p><img src=\"data:image/svg+xml;base64,PHN2Zz4=\" alt=\"x\"/></p>",
          "<p><img src=\"../../../etc/passwd\" alt=\"x\"/></p>",
          "<p style=\"background:url(http://evil.test)\">x</p>",
          "<form action=\"http://evil.test\"><input name=\"a\"/></form>",
          "<object data=\"javascript:alert(1)\" type=\"text/html\"/>",
          "<div><svg><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\"><text>x"
          "</text></a><image href=\"http://evil.test/a.png\"/><rect onload=\"alert(1)\" "
          "fill=\"url(http://evil.test#a)\"/><use href=\"http://evil.test/a.svg#b\"/></svg></div>",
          "<div><math><maction actiontype=\"statusline\" xlink:href=\"javascript:alert(1)\"><mi "
          "onclick=\"alert(1)\">x</mi></maction><annotation-xml encoding=\"text/html\"><img "
          "src=\"http://evil.test/\"/></annotation-xml></math></div>",
          "<link rel=\"stylesheet\" href=\"http://evil.test/a.css\"/>",
          "<meta http-equiv=\"refresh\" content=\"0;url=http://evil.test\"/>",
          "<base href=\"http://evil.test/\"/>", "<style>p{color:red}</style>"}) {
        const std::string out = drawn(body);
        for (const char* forbidden :
             {"alert", "evil", "javascript", "onclick", "onload", "<script", "<iframe", "<form",
              "<input", "<base", "<link", "<meta", "svg+xml", "passwd", "<style", "xlink"}) {
            EXPECT_EQ(out.find(forbidden), std::string::npos) << body << "\n" << out;
        }
    }
}

TEST(Page, KeepsWhatATextNeeds) {
    const std::string out = drawn(
        "<h2 id=\"top\" class=\"qti-align-center\">一</h2>"
        "<table><tr><td colspan=\"2\" headers=\"top\" style=\"text-align: right; position: "
        "fixed\">2</td></tr></table><p><ruby>拓<rt>tuo</rt></ruby><m:math "
        "xmlns:m=\"http://www.w3.org/1998/Math/MathML\"><m:mfenced open=\"[\" "
        "close=\"]\"><m:mi>x</m:mi>"
        "<m:mn>2</m:mn></m:mfenced></m:math><unknown>kept</unknown><img src=\"a b.png\" alt=\"图\" "
        "width=\"50%\" height=\"x\"/></p>");
    EXPECT_NE(out.find("<h2 class=\"q-qti-align-center\" id=\"q-top\">一</h2>"), std::string::npos);
    EXPECT_NE(out.find("data-style=\"text-align:right\""), std::string::npos) << out;
    EXPECT_NE(out.find("headers=\"q-top\""), std::string::npos);
    EXPECT_NE(out.find("<mrow><mo fence=\"true\">[</mo><mi>x</mi><mo separator=\"true\">,</mo>"
                       "<mn>2</mn><mo fence=\"true\">]</mo></mrow>"),
              std::string::npos)
        << out;
    EXPECT_NE(out.find("kept"), std::string::npos);
    EXPECT_NE(out.find("src=\"assay-bank://exam/part/items/a%20b.png\""), std::string::npos) << out;
    EXPECT_NE(out.find("width=\"50%\""), std::string::npos);
    EXPECT_EQ(out.find("height"), std::string::npos);
}

TEST(Page, ShowsRubricsOnlyToTheirReader) {
    const item::Item item = item_with_body(
        "<rubricBlock view=\"scorer\"><p>secret</p></rubricBlock><rubricBlock "
        "view=\"candidate\"><p>open</p></rubricBlock>");
    const std::string page = page_of(item);
    EXPECT_EQ(page.find("secret"), std::string::npos);
    EXPECT_NE(page.find("open"), std::string::npos);
    EXPECT_NE(page_of(item, [](RenderRequest& request) { request.view = item::View::kScorer; })
                  .find("secret"),
              std::string::npos);
}

TEST(Page, ShowsFeedbackOnlyWithItsOutcome) {
    const item::Item item = item_with_body(
        "<p><feedbackInline outcomeIdentifier=\"F\" identifier=\"yes\" "
        "showHide=\"show\">told</feedbackInline></p>");
    EXPECT_EQ(page_of(item).find("told"), std::string::npos);
    const auto told = [](RenderRequest& request) {
        request.outcomes["F"] = item::Value::identifier("yes");
    };
    EXPECT_NE(page_of(item, told).find("told"), std::string::npos);
}

TEST(Page, SaysSoWhereAnInteractionIsNotToBeHad) {
    const std::string out = drawn("<customInteraction responseIdentifier=\"R\"/>");
    EXPECT_NE(out.find("class=\"unsupported\""), std::string::npos) << out;
}

TEST(Page, ShowsChoicesInTheOrderOfTheSeed) {
    const item::Item item = item_with_body(
        "<choiceInteraction responseIdentifier=\"R\" shuffle=\"true\" maxChoices=\"1\">"
        "<simpleChoice identifier=\"a\">1</simpleChoice><simpleChoice identifier=\"b\">2"
        "</simpleChoice><simpleChoice identifier=\"c\">3</simpleChoice><simpleChoice "
        "identifier=\"d\" fixed=\"true\">4</simpleChoice></choiceInteraction>");
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const auto with_seed = [&](RenderRequest& request) { request.seed = seed; };
        const std::string page = main_of(page_of(item, with_seed));
        EXPECT_EQ(page, main_of(page_of(item, with_seed)));
        EXPECT_LT(page.find("value=\"c\""), page.find("value=\"d\""));
        seen.insert(page);
    }
    EXPECT_EQ(seen.size(), 6U);
}

TEST(Player, IsOneScriptAndOneStyle) {
    EXPECT_TRUE(player_js().starts_with("(() => {"));
    EXPECT_NE(player_js().find("window.assayPlayer"), std::string::npos);
    EXPECT_NE(player_css().find("[data-theme=\"contrast\"]"), std::string::npos);
    for (const char* outside :
         {"http:", "https:", "import ", "eval(", "innerHTML", "document.write"}) {
        const auto found = player_js().find(outside);
        const bool svg_namespace =
            found != std::string::npos && player_js().substr(found, 18) == "http://www.w3.org/";
        EXPECT_TRUE(found == std::string::npos || svg_namespace) << outside;
    }
}

TEST(Player, SaysNoWordThatItIsNotGiven) {
    const std::string words = PlayerWords(shipped_texts(), text::Language::kEnglish).json(true);
    const std::string script = player_js();
    const std::regex saying("say\\(\"([a-z-]+)\"");
    for (std::sregex_iterator at(script.begin(), script.end(), saying), end; at != end; ++at) {
        EXPECT_NE(words.find('"' + (*at)[1].str() + "\":"), std::string::npos) << (*at)[1];
    }
    EXPECT_EQ(words.find("render."), std::string::npos);  // no word without its sentence
    const std::regex given("\"([a-z-]+)\":");
    for (std::sregex_iterator at(words.begin(), words.end(), given), end; at != end; ++at) {
        EXPECT_NE(script.find('"' + (*at)[1].str() + '"'), std::string::npos) << (*at)[1];
    }
}

}  // namespace
}  // namespace assay::render::test
