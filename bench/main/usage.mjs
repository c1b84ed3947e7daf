// Plain JavaScript without imports: `--help` prints it before anything is installed (scripts/bootstrap.mjs).

export const USAGE = `Measures this package in a real n8n, side by side with what one would take instead.

  npm run bench -- [options]

  --only <name>   measures one row of the table, or one group (automatic: many items); can be given several times
  --quick         a few items and one round: tells whether everything works, and measures nothing
  --json <file>   writes the figures there as well, each round of them
  --help          this text`;
