package signature

import (
	"fmt"
	"strings"
)

// text words a node without its parts. Names of selections, fields and durations stand as the rule has them.
func (n *node) text() Text {
	t := n.words()
	if n.process {
		t = Text{"in one process, " + t.En, "同一进程内，" + t.Zh}
	}
	return t
}

func (n *node) words() Text {
	switch n.kind {
	case "select":
		return Text{n.of.name, n.of.name}
	case "all":
		return Text{"all of", "全部满足"}
	case "any":
		return Text{"any of", "满足任一"}
	case "next":
		first, then := n.first.text(), n.then.text()
		return Text{fmt.Sprintf("on a call: %s; on the next: %s", first.En, then.En), fmt.Sprintf("某次通话：%s；下一次通话：%s", first.Zh, then.Zh)}
	case "differ":
		return Text{
			fmt.Sprintf("%s of %s and %s differ by more than %g", n.field, n.steps[0].name, n.steps[1].name, n.by),
			fmt.Sprintf("%s 与 %s 的 %s 相差超过 %g", n.steps[0].name, n.steps[1].name, n.field, n.by),
		}
	case "clock":
		return Text{fmt.Sprintf("the clocks are more than %s apart", n.apart), fmt.Sprintf("双方时钟相差超过 %s", n.apart)}
	}
	var t Text
	if n.kind == "sequence" {
		var names []string
		for _, s := range n.steps {
			names = append(names, s.name)
		}
		t = Text{strings.Join(names, ", then "), strings.Join(names, "，之后 ")}
	} else {
		t = Text{n.kind + " of " + n.of.name, fmt.Sprintf(kindWords[n.kind], n.of.name)}
	}
	for _, l := range n.limits() {
		t.En += ", " + l.En
		t.Zh += "，" + l.Zh
	}
	return t
}

// kindWords are the Chinese words for the parts about one selection.
var kindWords = map[string]string{
	"count": "%s 的次数", "absent": "没有 %s", "gap": "相邻两次 %s 的间隔",
	"streak": "连续多次通话都有 %s", "age": "%s 出现在更早一次通话的同一时刻", "repeat": "下一次通话再次出现 %s",
}

// limits words what narrows a part down.
func (n *node) limits() []Text {
	var list []Text
	add := func(is bool, en, zh string, args ...any) {
		if is {
			list = append(list, Text{fmt.Sprintf(en, args...), fmt.Sprintf(zh, args...)})
		}
	}
	for _, a := range []struct {
		en, zh string
		s      *selection
	}{{"before %s", "在 %s 之前", n.before}, {"after %s", "在 %s 之后", n.after}, {"until %s", "直到 %s", n.until}, {"ended by %s", "以 %s 结束", n.ended}} {
		if a.s != nil {
			add(true, a.en, a.zh, a.s.name)
		}
	}
	add(n.least > 1, "at least %d", "至少 %d 次", n.least)
	add(n.within > 0, "within %s", "%s 以内", n.within)
	add(n.longer > 0, "longer than %s", "超过 %s", n.longer)
	add(n.lives == "same", "of one process", "属于同一进程")
	add(n.lives == "ended", "the process of the first had ended", "此前第一步的进程已结束")
	add(len(n.same) > 0, "with the same %s", "%s 相同", strings.Join(n.same, ", "))
	add(n.always, "as far as the log goes", "以日志所及为限")
	return list
}

// operatorWords are the words for a condition on a field, and for its contrary in Chinese.
var operatorWords = map[string]struct{ en, zh, not string }{
	"equal": {"%s", "为 %s", "不为 %s"}, "contains": {"contains %s", "包含 %s", "不包含 %s"}, "prefix": {"prefix %s", "以 %s 开头", "不以 %s 开头"},
	"suffix": {"suffix %s", "以 %s 结尾", "不以 %s 结尾"}, "regex": {"regex %s", "匹配 %s", "不匹配 %s"},
	"lt": {"< %s", "小于 %s", "不小于 %s"}, "lte": {"<= %s", "不大于 %s", "大于 %s"}, "gt": {"> %s", "大于 %s", "不大于 %s"}, "gte": {">= %s", "不小于 %s", "小于 %s"},
}

// text words a condition without its field.
func (t *test) text() Text {
	switch t.op {
	case "exists":
		if t.args[0] == "true" {
			return Text{"there", "存在"}
		}
		return Text{"not there", "不存在"}
	case "not":
		var en, zh []string
		for i := range t.not {
			w := t.not[i].text()
			en, zh = append(en, w.En), append(zh, t.not[i].contrary())
		}
		return Text{"not " + strings.Join(en, " and "), strings.Join(zh, "或")}
	}
	w := operatorWords[t.op]
	return Text{fmt.Sprintf(w.en, strings.Join(t.args, " or ")), fmt.Sprintf(w.zh, strings.Join(t.args, " 或 "))}
}

// contrary words in Chinese that a condition does not hold.
func (t *test) contrary() string {
	w, ok := operatorWords[t.op]
	if !ok {
		return "并非" + t.text().Zh
	}
	return fmt.Sprintf(w.not, strings.Join(t.args, " 或 "))
}
