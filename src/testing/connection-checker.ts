import { checkConnection } from '../gate/connectivity-checks.ts';

/** Prints the steps to an address as JSON, with the certificates that this process trusts. */
async function main([url = '']: string[]): Promise<void> {
  const direct = { httpProxy: null, httpsProxy: null, noProxy: '' };
  const results = await checkConnection({ target: 'portal', url }, direct);
  process.stdout.write(JSON.stringify(results));
}

await main(process.argv.slice(2));
