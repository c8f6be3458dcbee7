import { BlockList, isIP } from 'node:net';

/** Whose an address is: of this machine, of a network of ours, of the link (where clouds keep the keys of the machine), of anybody. */
export type AddressKind = 'loopback' | 'private' | 'link-local' | 'public';

/** Each also as IPv6 wraps it: 64:ff9b (NAT64) and 2002 (6to4); `::ffff:` is known to Node's list. Sources: IANA's special-purpose registries. */
const ranges = {
  'link-local': [
    ['169.254.0.0', 16],
    ['64:ff9b::a9fe:0', 112],
    ['2002:a9fe::', 32],
    ['fe80::', 10],
    // Metadata of Amazon, Alibaba, Oracle and Azure outside that range.
    ['fd00:ec2::254', 128],
    ['100.100.100.200', 32],
    ['192.0.0.192', 32],
    ['168.63.129.16', 32],
  ],
  loopback: [
    ['127.0.0.0', 8],
    ['0.0.0.0', 8],
    ['::', 127],
    ['64:ff9b::7f00:0', 104],
    ['2002:7f00::', 24],
  ],
  private: [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['100.64.0.0', 10],
    ['192.0.0.0', 24],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
    ['fc00::', 7],
    ['fec0::', 10],
    ['ff00::', 8],
    ['::', 96],
    ['64:ff9b:1::', 48],
    ['64:ff9b::a00:0', 104],
    ['64:ff9b::ac10:0', 108],
    ['64:ff9b::c0a8:0', 112],
    ['2002:a00::', 24],
    ['2002:ac10::', 28],
    ['2002:c0a8::', 32],
  ],
} as const satisfies Readonly<Record<Exclude<AddressKind, 'public'>, readonly (readonly [string, number])[]>>;

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

// Object.entries forgets the names that the literal has. The first that fits counts.
const lists = (Object.entries(ranges) as [keyof typeof ranges, readonly (readonly [string, number])[]][]).map(
  ([kind, subnets]) => {
    const list = new BlockList();
    for (const [net, bits] of subnets) list.addSubnet(net, bits, family(net));
    return { kind, list };
  },
);

/** What an address is; one that cannot be read is taken for the worst. @param address without brackets */
export function addressKind(address: string): AddressKind {
  const [plain = ''] = address.split('%');
  if (isIP(plain) === 0) return 'link-local';
  return lists.find(({ list }) => list.check(plain, family(plain)))?.kind ?? 'public';
}
