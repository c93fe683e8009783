"""What a candidate does at each item of the sample exam, by the words on the screen and never by
identifiers."""
import json
import pathlib

ANSWERS = json.loads((pathlib.Path(__file__).parent / "answers.json").read_text())

CHINESE = {
    "Q01": [("press", "支付买家数 ÷ 访客数")],
    "Q02": [("press", "访客数"), ("press", "浏览量"), ("press", "跳失率")],
    "Q03": [("type", 0, "UV")],
    "Q04": [("type", 0, "3.5")],
    "Q05": [("choose", 0, "同比"), ("choose", 1, "环比")],
    "Q06": [("press", "成交总额 / 所有已下单订单的金额之和"),
            ("press", "客单价 / 支付金额 ÷ 支付买家数"),
            ("press", "复购率 / 购买两次及以上的买家数 ÷ 买家总数"),
            ("press", "投入产出比 / 推广带来的成交额 ÷ 推广费用")],
    "Q07": [("order", ["明确分析目的", "采集数据", "清洗数据", "建模与分析", "撰写分析报告"])],
    "Q08": [("put", "重复值", 0), ("put", "缺失值", 1), ("put", "异常值", 2)],
    "Q09": [("press", "访客数增加，说明支付转化率一定提高。"),
            ("press", "客单价由 120 元变为 90 元，上升了 25%。")],
    "Q10": [("press", "第 4 天")],
    "Q11": [("type", 0, "96"), ("press", "直播"), ("choose", 0, "搜索")],
    "Q12": [("type", 0, ANSWERS["Q12"]["RESPONSE"][0])],
    "Q13": [("type", 0, "\n".join(ANSWERS["Q13"]["file:report.txt"]) + "\n")],
}

ENGLISH = {
    "Q01": [("press", "buyers who paid ÷ visitors")],
    "Q02": [("press", "visitors"), ("press", "page views"), ("press", "bounce rate")],
    "Q03": [("type", 0, "UV")],
    "Q04": [("type", 0, "3.5")],
    "Q05": [("choose", 0, "year-on-year"), ("choose", 1, "month-on-month")],
    "Q06": [("press", "gross merchandise value / sum of the amounts of all orders placed"),
            ("press", "average order value / amount paid ÷ buyers who paid"),
            ("press", "repeat purchase rate / buyers with two or more purchases ÷ all buyers"),
            ("press", "return on advertising / sales from advertising ÷ cost of advertising")],
    "Q07": [("order", ["state the purpose", "collect the data", "clean the data",
                       "model and analyse", "write the report"])],
    "Q08": [("put", "duplicate", 0), ("put", "missing value", 1), ("put", "outlier", 2)],
    "Q09": [("press", "More visitors mean that the conversion rate must have risen."),
            ("press", "The average order value went from 120 to 90 yuan, a rise of 25%.")],
    "Q10": [("press", "day 4")],
    "Q11": [("type", 0, "96"), ("press", "live stream"), ("choose", 0, "search")],
    "Q12": [("type", 0, "First, the advertising may bring visitors who look for something else: the "
                        "conversion rate of each channel would show it. Second, the pages of the "
                        "products may have become slow: bounce rate and loading time would show it. "
                        "I propose to stop the channel with the lowest conversion rate for a week, "
                        "and then to mend the pages.")],
    "Q13": [("type", 0, "Total paid: 3060 yuan\nCategory with most pieces: storage\n"
                         "Refund rate: 16.7%\nProblem: the refunds are all of one category.\n")],
}

PLANS = {"zh-CN": CHINESE, "en": ENGLISH}
