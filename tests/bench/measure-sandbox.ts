import type { BenchRow } from './bench-row';
export async function measureSandbox(): Promise<BenchRow[]> {
  return [];
}
