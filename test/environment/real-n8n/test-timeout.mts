// A test in a real n8n may take as long as a slow or busy machine needs. Only one that waits in vain takes this long.

jest.setTimeout(900_000);
