// Package inflate unpacks raw deflate streams (RFC 1951) as the Mars appender
// writes them: a sync flush after every log line, so that nearly every block is
// one line in the fixed code, with an empty stored block behind it; and never a
// final block, so that a stream that just ends may be whole. It is no general
// reader. A stream lies in memory whole, and so does its text.
//
// Any stream decodes. Everything in front of the first thing that is cut or
// impossible comes back, exactly, and nothing behind it, and the Result says how
// far that was and where the last flush mark lies, which is the last place known
// to be the end of a line.
//
// # How
//
// Decode goes from block to block. symbol decodes one symbol with all care. It is
// the whole meaning of the package, and enough for all streams; the naive decoder
// of the tests says the same again, bit by bit. fixed is a loop for the usual: it
// takes fixed blocks, the marks between them included, until something comes that
// is rare or near an end, and leaves that to symbol. literals does so for runs of
// bytes in the other blocks. On amd64 the loop of fixed is in assembly. Nothing is
// written beyond the capacity of the output, and what lies beyond its length is
// scratch space.
// A Walker takes the careful way alone, and tells the symbols of one write after the
// other.
//
// # Cost
//
// Work is linear in input and output, and a block of any kind costs no more than
// its tables, a few microseconds. Memory is the output, which grows as text really
// comes, up to the limit, 8 KB of a Decoder, and a word for each flush mark. A Decoder
// that is used again with its former output allocates nothing.
package inflate
