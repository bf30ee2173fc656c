// Package xlog decodes one Mars xlog container from an io.Reader into blocks of
// text and spans of damage.
//
// It knows no file names, no log lines and no calls, prints nothing, and never
// needs more of a container in memory than a few blocks. Every byte of the
// input belongs to exactly one [Record]; what cannot be decoded is a record too,
// so that loss is always visible. docs/format.md describes the container.
package xlog
