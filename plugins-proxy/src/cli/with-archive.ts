import type { Config } from '../platform/config/read-config';
import type { Archive } from '../operations/retention/archive/archive';
import { openArchive } from '../operations/retention/archive/open-archive';

/** Opens the archive for one piece of work; unlike the queue it may be open in the service at the same time. */
export async function withArchive<T>(config: Config['archive'], work: (archive: Archive) => Promise<T>): Promise<T> {
  const archive = await openArchive(config);
  try {
    return await work(archive);
  } finally {
    await archive.close();
  }
}
