const minuteMs = 60_000;

/**
 * A sliding minute for each connection.
 * @returns for one request: null when it may pass, else the whole seconds until the next may
 */
export function countRequests(perMinute: number, clock: () => Date): (connection: string) => number | null {
  const passed = new Map<string, number[]>();
  return (connection) => {
    const now = clock().getTime();
    const recent = (passed.get(connection) ?? []).filter((at) => now - at < minuteMs);
    passed.set(connection, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= perMinute) return Math.ceil((oldest + minuteMs - now) / 1_000);
    recent.push(now);
    return null;
  };
}
