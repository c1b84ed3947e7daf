// Plain JavaScript without imports: `--help` prints it before anything is installed (scripts/bootstrap.mjs).

export const USAGE = `Starts a local TransactionLink, a mail server and a real n8n with this package, runs one onboarding, and
stays up until Ctrl-C.

  npm start -- [options]             stays up
  npm run demo -- [options]          ends after the onboarding: exit code 0 when it completed
  npm run start:queue -- [options]   stays up; n8n runs in queue mode, with Redis and PostgreSQL

  --port <number>          of n8n, its editor and its webhooks (5678)
  --webhook-port <number>  of n8n's webhook processor, in queue mode (5680)
  --sandbox-port <number>  of the local TransactionLink (4010)
  --mail-port <number>     of the mail server (2525)
  --fresh                  delete what the last start kept: owner, credentials, workflows, runs
  --once                   what "npm run demo" adds
  --queue                  what "npm run start:queue" adds
  --help                   this text

All of them listen on 127.0.0.1 only. n8n's data is kept in the folder .n8n-nodes-transactionlink of your
home, and that of queue mode in .n8n-nodes-transactionlink-queue.`;
