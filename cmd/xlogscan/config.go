package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/source"
)

const (
	noConfig     = "none" // stands for no file
	systemConfig = "/etc/xlogscan/config.yaml"
	folderConfig = ".xlogscan.yaml"
)

// foreignFlags are those that a file may set that came with the logs: they say what the logs are and how to look at them.
// All others could read keys and rules, write files, or give personal data away.
var foreignFlags = []string{
	"tz", "date", "role", "room", "since", "until", "only", "skip", "min-severity", "fail-on", "tolerate-bad", "lang", "format",
	"jobs", "ascii", "color", "progress", "quiet", "verbose",
}

// pathFlags name files, which in a configuration file are relative to that file.
var pathFlags = []string{"key", "rules", "redact-map", "state", "output", "files-from"}

// neverSet are the flags that make sense on the command line only.
var neverSet = []string{"help", "config", "follow"}

// configure gives the flags of a command that the command line does not set the values of the environment, and else of
// the configuration files.
func (a *app) configure(c *cobra.Command, args []string) error {
	layers, err := a.readLayers(c, args)
	if err != nil {
		return err
	}
	a.layers = layers
	for _, l := range layers {
		if !l.foreign {
			a.params = append(a.params, l.params...)
		}
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if err != nil || f.Changed {
			return
		}
		values, from := a.resolve(c, f)
		for _, v := range values {
			// Not FlagSet.Set: Changed is to mean the command line.
			if wrong := f.Value.Set(v); wrong != nil {
				err = usage("", "%s: %q is no value for --%s: %w", from, v, f.Name, wrong)
				return
			}
		}
	})
	return err
}

// resolve returns the values that the environment or the files give a flag of a command, and which of them does.
func (a *app) resolve(c *cobra.Command, f *pflag.Flag) (values []string, from string) {
	if slices.Contains(neverSet, f.Name) {
		return nil, ""
	}
	if name := environment(f.Name); f.Name != "key" { // XLOGSCAN_KEY_FILE adds to --key
		if v := a.getenv(name); v != "" {
			return []string{v}, name
		}
	}
	for _, l := range slices.Backward(a.layers) {
		if l.foreign && !slices.Contains(foreignFlags, f.Name) {
			continue
		}
		var best *setting
		for i := range l.settings {
			s := &l.settings[i]
			if s.flag == f.Name && (s.command == "" || s.command == commandName(c)) && (best == nil || best.command == "") {
				best = s
			}
		}
		if best != nil {
			return best.values, fmt.Sprintf("%s:%d", l.path, best.line)
		}
	}
	return nil, ""
}

// environment is the variable of a flag.
func environment(flag string) string {
	return "XLOGSCAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// commandName is that of a command without the program's, as in "rules list".
func commandName(c *cobra.Command) string {
	_, name, _ := strings.Cut(c.CommandPath(), " ")
	return name
}

// readLayers reads the configuration files: that of --config alone, or those of the system, of the folder that is scanned,
// of the user and of the working folder.
func (a *app) readLayers(c *cobra.Command, args []string) ([]layer, error) {
	known := flagsOf(c.Root())
	switch a.config {
	case noConfig:
		return nil, nil
	case "":
	default:
		l, err := readLayer(a.config, known)
		return []layer{l}, err
	}
	files := []layer{{path: systemConfig}}
	if path := folderOf(args); path != "" {
		files = append(files, layer{path: path, foreign: true})
	}
	if dir := a.configHome(); dir != "" {
		files = append(files, layer{path: filepath.Join(dir, "xlogscan", "config.yaml")})
	}
	if !liesIn(".", args) {
		files = append(files, layer{path: folderConfig})
	}
	var layers []layer
	for _, f := range files {
		l, err := readLayer(f.path, known)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		l.foreign = f.foreign
		a.sayForeign(&l)
		layers = append(layers, l)
	}
	return layers, nil
}

// configHome is the folder in which programs keep the user's configuration, "" if it is not known.
func (a *app) configHome() string {
	if dir := a.getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	if runtime.GOOS == "windows" {
		return a.getenv("AppData")
	}
	if home := a.getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".config")
	}
	return ""
}

// folderOf returns the configuration file of the first of paths that is a folder with one.
func folderOf(paths []string) string {
	for _, p := range paths {
		if source.InStore(p) {
			continue
		}
		name := filepath.Join(p, folderConfig)
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// liesIn reports whether a folder is one of paths or lies in one.
func liesIn(dir string, paths []string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	for _, p := range paths {
		p, err := filepath.Abs(p)
		if err != nil {
			continue
		}
		if rel, err := filepath.Rel(p, dir); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// sayForeign says what of a file is not followed because it came with the logs.
func (a *app) sayForeign(l *layer) {
	if !l.foreign {
		return
	}
	ignored := func(line int, what string) {
		a.warnf("%s:%d: %s is ignored, because the file came with the logs; give it on the command line or in your own configuration", l.path, line, what)
	}
	for _, s := range l.settings {
		if !slices.Contains(foreignFlags, s.flag) {
			ignored(s.line, s.flag)
		}
	}
	if len(l.params) > 0 {
		ignored(l.params[0].rule.Line, paramsKey)
	}
}

// flagsOf lists the flags that a file may set, by command; those of any command under "".
func flagsOf(root *cobra.Command) map[string][]string {
	of := map[string][]string{}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		name := commandName(c)
		add := func(f *pflag.Flag) {
			if slices.Contains(neverSet, f.Name) {
				return
			}
			if !slices.Contains(of[""], f.Name) {
				of[""] = append(of[""], f.Name)
			}
			if name != "" && !slices.Contains(of[name], f.Name) {
				of[name] = append(of[name], f.Name)
			}
		}
		c.LocalFlags().VisitAll(add)
		c.InheritedFlags().VisitAll(add)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	return of
}
