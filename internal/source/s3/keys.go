package s3

import (
	"net/http"
	"time"

	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Keys sign requests.
type Keys struct {
	Access, Secret, Session string
}

// metadataTimeout is how long the machine has to tell its role. A machine without one does not answer at all.
const metadataTimeout = 3 * time.Second

// Where keys came from, as errors name it.
const (
	fromEnvironment = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	fromElsewhere   = "the profile or the role"
	fromNowhere     = ""
)

// credentials returns what signs the requests, and where the keys came from: as given, else from the files of the AWS
// tools, else by the role of the container or machine. Without any, requests are not signed, which is enough for what is
// public.
func (c *Config) credentials() (*credentials.Credentials, string, error) {
	if c.Keys.Access != "" || c.Keys.Secret != "" {
		return credentials.NewStaticV4(c.Keys.Access, c.Keys.Secret, c.Keys.Session), fromEnvironment, nil
	}
	// The files that the AWS tools read are named by their own variables, as the roles are.
	providers := []credentials.Provider{&credentials.FileAWSCredentials{}}
	if !c.NoMetadata {
		providers = append(providers, &credentials.IAM{Client: &http.Client{Timeout: metadataTimeout}, Region: c.Region})
	}
	keys := credentials.NewChainCredentials(providers)
	value, err := keys.GetWithContext(nil)
	if err != nil {
		return nil, "", err
	}
	if value.SignerType.IsAnonymous() { // so that not every request asks again
		return credentials.NewStaticV4("", "", ""), fromNowhere, nil
	}
	return keys, fromElsewhere, nil
}
