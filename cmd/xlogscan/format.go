package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report"
)

// formatFlag defines --format; the first format is the default.
func formatFlag(f *pflag.FlagSet, p *string, formats ...report.Format) {
	var names, help []string
	for _, format := range formats {
		names = append(names, format.Name)
		help = append(help, format.Name+" ("+format.Help+")")
	}
	choiceVarP(f, p, "format", "f", names[0], names, "`FORMAT` of the result: "+strings.Join(help, ", "))
}
