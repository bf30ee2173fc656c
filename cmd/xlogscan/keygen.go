package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

func (a *app) keygenCommand() *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "keygen -o FILE",
		Short: "Make a key pair for encrypted logs",
		Long: `keygen makes a key pair of the curve secp256k1, as gen_key.py of Mars does. It
writes the private key to FILE, which only you can read, and nowhere else; the
public key, 128 hex digits, is printed.

Give the public key to the app, as pubkey in its XLogConfig: from then on its
logs are encrypted, and only the private key opens them.`,
		Example: `  xlogscan keygen -o my.key
  xlogscan scan --key my.key xlog/`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if out.stdout() {
				return usage("", "keygen needs -o FILE: a private key goes to a file and nowhere else")
			}
			if err := out.check(); err != nil {
				return err
			}
			private, public, err := xlog.GenerateKey(a.random)
			if err != nil {
				return err
			}
			if err := writeFile(out.path, out.force, onlyMine, func(w io.Writer) error { return line(w, private) }); err != nil {
				return err
			}
			if err := (&output{}).write(a.stdout, func(w io.Writer) error { return line(w, public) }); err != nil {
				return err
			}
			a.notef("%s holds the private key: keep it safe and secret, --key %s opens the logs with it", out.path, out.path)
			a.notef("on standard output is the public key: give it to the app as pubkey in its XLogConfig, to encrypt its logs")
			return nil
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&out.path, "output", "o", "", "write the private key to `FILE`")
	f.BoolVar(&out.force, "force", false, "overwrite FILE, after which no logs encrypted for the key in it can be opened")
	return c
}

func line(w io.Writer, s string) error {
	_, err := io.WriteString(w, s+"\n")
	return err
}
