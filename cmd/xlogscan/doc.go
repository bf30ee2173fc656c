// Command xlogscan finds out from logs why WeChat VoIP calls between devices and phones failed.
//
// # Usage
//
//	xlogscan scan PATH...           analyse the calls in logs
//	xlogscan pull                   analyse the calls in the logs of a connected device
//	xlogscan report FILE            write a saved result in another format
//	xlogscan fleet RESULT...        count how the calls of many saved results went
//	xlogscan plan PATH...           list the logs of a fleet as tasks
//	xlogscan worker                 map, link and reduce the logs of a fleet, for engines
//	xlogscan merge PART...          put together what worker reduce wrote
//	xlogscan info PATH...           list what logs are and what of them can be read
//	xlogscan calls PATH...          list calls, one per row
//	xlogscan show ROOM PATH...      draw one call step by step
//	xlogscan decode FILE...         write containers as text
//	xlogscan rules                  list, explain and check the rules that calls are judged by
//	xlogscan keygen                 make a key pair for encrypted logs
//	xlogscan version                show the version
//	xlogscan completion             generate a completion script for a shell
//	xlogscan help COMMAND           show the help of a command
//
// A PATH is a file, a folder, a pattern in which ** stands for any folders, s3://bucket/prefix for objects of a store, or
// - for standard input. Its content decides what a file is, never its name. Flags may stand before or after paths. docs/cli has a page for each command.
//
// Standard output gets the result and nothing else. Progress, warnings and hints go to standard error, each line
// prefixed with "xlogscan: ". The same input gives the same bytes out, in whatever order files are named and however
// many are read at once.
//
// Texts for people are in the language of --lang, else in that of LC_ALL, LC_MESSAGES or LANG: Chinese or English. What
// programs read is English unless --lang says otherwise.
//
// Private keys are read from files alone: those that --key names and those of the list XLOGSCAN_KEY_FILE, which is
// separated as PATH is; a folder stands for the key files in it. A file holds one key, as 64 hex digits, as gen_key.py
// of Mars printed it, or as PEM. All keys are tried, and reports say by the name of its file which key opened what.
//
// An object store is the one of --s3-endpoint, or of the AWS_ variables, by which it is signed for too.
//
// # Configuration
//
// A flag that is not given has the value of the variable XLOGSCAN_FLAG, in capitals and with _ for -, else that of a
// configuration file. These are read, the later ones winning: /etc/xlogscan/config.yaml; .xlogscan.yaml of the first PATH
// that is a folder with one; xlogscan/config.yaml in XDG_CONFIG_HOME or ~/.config; .xlogscan.yaml of the working folder.
// --config FILE names one to read instead. A file that came with the logs sets no key, rule or output, and nothing else
// that reads or writes files. xlogscan info --settings shows what is set, and where.
//
// # Exit codes
//
//	0    done, also when the reader of standard output went away
//	1    a confirmed finding of the severity of --fail-on or above; leads do not count. Of rules test: a sample failed.
//	     Of plan and worker map: a store did not answer, and the task is to be run again
//	2    the command, a key, a rule, a configuration file, the output or a device cannot be used as given
//	3    done, but more inputs than --tolerate-bad allows could not be read or decoded in full, or pull could not copy all
//	4    nothing to analyse: no input, or no log among the inputs
//	5    internal error
//	130  interrupted by SIGINT
//	143  ended by SIGTERM
//
// When several of 1 to 5 hold, the first of 5, 2, 4, 1, 3 is given. A torn last block, which the app was still writing
// when the log was copied, is reported and is no reason for 3.
//
// # Limitations
//
// Reports quote log lines as they are, and decode writes all of them: look through a report before you pass it on.
// Logs are read where they lie, archives included, of which nothing is unpacked to disk; only pull fetches any from devices.
package main

//go:generate go test -run ^TestDocs$ -update
