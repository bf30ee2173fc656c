package main

import (
	"cmp"
	"strings"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report"
)

// langFlag defines --lang. Without it, [app.language] decides.
func langFlag(f *pflag.FlagSet, p *string) {
	choiceVar(f, p, "lang", "", []string{"en", "zh"},
		"`LANGUAGE` of the texts: en or zh; without it that of LC_ALL, LC_MESSAGES or LANG for formats that people read, and English for those of programs")
}

// languageOf is that of the texts of a saved result: the one asked for, else Chinese where the user's locale says so, else
// the one it was made in.
func (a *app) languageOf(doc *report.Report, asked string, programs bool) string {
	if asked == "" && a.language("", programs) == "zh" {
		return "zh"
	}
	return cmp.Or(asked, doc.Lang)
}

// language is that of the texts of a result: the one asked for, else the one of the user's locale. What programs read
// is the same on every machine, so its language is that of the locale on none.
func (a *app) language(asked string, programs bool) string {
	if asked != "" || programs {
		return cmp.Or(asked, "en")
	}
	locale := cmp.Or(a.getenv("LC_ALL"), a.getenv("LC_MESSAGES"), a.getenv("LANG"))
	if strings.HasPrefix(locale, "zh") {
		return "zh"
	}
	return "en"
}
