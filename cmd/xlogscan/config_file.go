package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxConfig bounds a configuration file, in bytes.
const maxConfig = 1 << 20

// A layer is what one configuration file sets.
type layer struct {
	path     string
	foreign  bool // it came with the logs
	settings []setting
	params   []param
}

// setting is the value of one flag.
type setting struct {
	command string // "" for all commands that have the flag
	flag    string
	values  []string // more than one only for flags that may be repeated
	line    int
}

// paramsKey is the key of a configuration file under which the parameters of rules stand.
const paramsKey = "params"

// readLayer reads a configuration file, which is a mapping of flags to values, of commands to such mappings, and of
// paramsKey to the parameters of rules. known are the flags of each command.
func readLayer(path string, known map[string][]string) (layer, error) {
	l := layer{path: path}
	data, err := readConfig(path)
	if err != nil {
		return l, usage("", "config %s: %w", path, cause(err))
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return l, usage("", "%s:%s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 { // nothing but comments
		return l, nil
	}
	return l, l.read(doc.Content[0], "", known)
}

// read takes the settings of one command, or of all and of each.
func (l *layer) read(n *yaml.Node, command string, known map[string][]string) error {
	return eachKey(l.path, n, func(key, value *yaml.Node) (err error) {
		name := key.Value
		_, isCommand := known[name]
		switch {
		case command == "" && name == paramsKey:
			l.params, err = readParams(l.path, value)
			return err
		case command == "" && isCommand && value.Kind == yaml.MappingNode:
			return l.read(value, name, known)
		case !slices.Contains(known[command], name):
			return badConfig(l.path, key, "unknown key %q%s", name, nearest(name, append(known[command], paramsKey)))
		}
		values, err := l.values(name, value)
		l.settings = append(l.settings, setting{command, name, values, key.Line})
		return err
	})
}

// values reads a word or a list of words. Names of files are relative to the folder of the configuration file.
func (l *layer) values(flag string, n *yaml.Node) ([]string, error) {
	words := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		words = n.Content
	}
	var values []string
	for _, w := range words {
		if w.Kind != yaml.ScalarNode || w.Tag == "!!null" {
			return nil, badConfig(l.path, w, "want a word, or a list of words for a flag that may be repeated")
		}
		v := w.Value
		if slices.Contains(pathFlags, flag) && !filepath.IsAbs(v) && v != "-" {
			v = filepath.Join(filepath.Dir(l.path), v)
		}
		values = append(values, v)
	}
	return values, nil
}

// nearest suggests the name that begins most as name does.
func nearest(name string, names []string) string {
	for n := len(name); n > 0; n-- {
		for _, f := range names {
			if strings.HasPrefix(f, name[:n]) {
				return ", the nearest is " + f
			}
		}
	}
	return ""
}

// readConfig reads a configuration file.
func readConfig(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err == nil && len(data) > maxConfig {
		err = errors.New("larger than 1 MiB")
	}
	return data, err
}

// eachKey calls do for the keys of a mapping, none of which may stand twice.
func eachKey(file string, n *yaml.Node, do func(key, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return badConfig(file, n, "want a mapping")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			return badConfig(file, key, "%q stands twice", key.Value)
		}
		seen[key.Value] = true
		if err := do(key, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func badConfig(file string, n *yaml.Node, format string, args ...any) error {
	return usage("", "%s:%d:%d: %w", file, n.Line, n.Column, fmt.Errorf(format, args...))
}
