package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of xlogscan",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			rules := signature.Default()
			return (&output{}).write(a.stdout, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "xlogscan %s\nrules    %d, %s\nbuilt    %s for %s/%s\n",
					version(), len(rules.Signatures), rules.Hash, runtime.Version(), runtime.GOOS, runtime.GOARCH)
				return err
			})
		},
	}
}

// stamped is the version of a release, which cmd/dist has the linker set. A release is built without the checkout's state, so
// that its bytes do not depend on one.
var stamped string

// version is that of a release, of the module, or the revision it was built from.
func version() string {
	if stamped != "" {
		return stamped
	}
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return versionOf(b)
}

func versionOf(b *debug.BuildInfo) string {
	if v := b.Main.Version; v != "" && v != "(devel)" {
		return strings.TrimPrefix(v, "v")
	}
	revision, modified := "", ""
	for _, s := range b.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = "-" + s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = "+dirty"
		}
	}
	return "devel" + revision + modified
}
