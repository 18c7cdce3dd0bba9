import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { CAPABILITY, CHARSET, NATIVE_PASSWORD, STATUS } from "./protocol.ts";

export const SCRAMBLE_LENGTH = 20;

/** Printable bytes: some clients cut the scramble at a zero byte. */
export const newScramble = (): Buffer =>
  Buffer.from(randomBytes(SCRAMBLE_LENGTH).map((byte) => (byte % 94) + 33));

/** No CLIENT_DEPRECATE_EOF: OceanBase does not offer it either. */
const OFFERED =
  CAPABILITY.longPassword |
  CAPABILITY.foundRows |
  CAPABILITY.longFlag |
  CAPABILITY.connectWithDb |
  CAPABILITY.protocol41 |
  CAPABILITY.transactions |
  CAPABILITY.secureConnection |
  CAPABILITY.multiStatements |
  CAPABILITY.multiResults |
  CAPABILITY.psMultiResults |
  CAPABILITY.pluginAuth |
  CAPABILITY.connectAttributes |
  CAPABILITY.pluginAuthLenencData |
  CAPABILITY.sessionTrack;

export interface Greeting {
  readonly version: string;
  readonly connectionId: number;
  readonly scramble: Buffer;
  readonly offersTls: boolean;
}

/** Protocol::HandshakeV10 */
export function writeGreeting(writer: ByteWriter, greeting: Greeting): void {
  const capabilities = greeting.offersTls ? OFFERED | CAPABILITY.ssl : OFFERED;
  writer.uint(10, 1);
  writer.nullTerminated(greeting.version);
  writer.uint(greeting.connectionId, 4);
  writer.bytes(greeting.scramble.subarray(0, 8));
  writer.uint(0, 1);
  writer.uint(capabilities & 0xffff, 2);
  writer.uint(CHARSET.utf8mb4, 1);
  writer.uint(STATUS.autocommit, 2);
  writer.uint(capabilities >>> 16, 2);
  writer.uint(SCRAMBLE_LENGTH + 1, 1);
  writer.bytes(new Uint8Array(10));
  writer.bytes(greeting.scramble.subarray(8));
  writer.uint(0, 1);
  writer.nullTerminated(NATIVE_PASSWORD);
}

/** Protocol::AuthSwitchRequest */
export function writeAuthSwitch(writer: ByteWriter, scramble: Buffer): void {
  writer.uint(0xfe, 1);
  writer.nullTerminated(NATIVE_PASSWORD);
  writer.bytes(scramble);
  writer.uint(0, 1);
}

export interface Credentials {
  readonly user: string;
  readonly database: string | undefined;
  readonly token: Buffer;
  readonly plugin: string;
}

export interface HandshakeResponse extends Credentials {
  readonly capabilities: number;
}

/** An SSLRequest is the beginning of a handshake response: its first 32 bytes. */
export const isTlsRequest = (payload: Buffer) =>
  payload.length === 32 && (payload.readUInt32LE(0) & CAPABILITY.ssl) !== 0;

/** Protocol::HandshakeResponse41. The connection attributes at its end are not read. */
export function readHandshakeResponse(payload: Buffer): HandshakeResponse {
  const reader = new ByteReader(payload);
  const capabilities = reader.uint(4);
  const has = (bit: number) => (capabilities & bit) !== 0;
  reader.bytes(4 + 1 + 23);
  const user = reader.nullTerminated();
  const size = has(CAPABILITY.pluginAuthLenencData) ? reader.lengthEncoded() : reader.uint(1);
  const token = Buffer.from(reader.bytes(size));
  const database = has(CAPABILITY.connectWithDb) ? reader.nullTerminated() : "";
  const plugin = has(CAPABILITY.pluginAuth) ? reader.nullTerminated() : NATIVE_PASSWORD;
  return { capabilities, user, token, database: database === "" ? undefined : database, plugin };
}

/** COM_CHANGE_USER without its command byte. */
export function readChangeUser(payload: Buffer): Credentials {
  const reader = new ByteReader(payload);
  const user = reader.nullTerminated();
  const token = Buffer.from(reader.bytes(reader.uint(1)));
  const database = reader.nullTerminated();
  reader.uint(2);
  const plugin = reader.left > 0 ? reader.nullTerminated() : NATIVE_PASSWORD;
  return { user, token, database: database === "" ? undefined : database, plugin };
}

function sha1(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA1(SHA1(password)): what a server stores for mysql_native_password; empty for an empty password. */
export const nativePasswordHash = (password: string): Uint8Array =>
  password === "" ? new Uint8Array() : sha1(sha1(Buffer.from(password)));

export interface Proof {
  readonly scramble: Buffer;
  readonly token: Buffer;
  readonly passwordHash: Uint8Array;
}

/** token = SHA1(password) XOR SHA1(scramble, SHA1(SHA1(password))), or nothing for an empty password. */
export function provesPassword({ scramble, token, passwordHash }: Proof): boolean {
  if (passwordHash.length === 0) return token.length === 0;
  if (token.length !== SCRAMBLE_LENGTH) return false;
  const mask = sha1(scramble, passwordHash);
  const once = Uint8Array.from(token, (byte, i) => byte ^ (mask[i] ?? 0));
  return timingSafeEqual(sha1(once), passwordHash);
}
