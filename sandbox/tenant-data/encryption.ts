import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from "node:crypto";

/** What a set made under SET ENCRYPTION stores of its password. */
export interface PasswordHash {
  readonly salt: string;
  readonly verifier: string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** A few milliseconds each: a restore tries every password on every set that it walks past. */
const COST = { N: 4096, r: 8, p: 1 };

export interface LockedKey {
  readonly key: Buffer;
  readonly hash: PasswordHash;
}

export function keyFromPassword(password: string): LockedKey {
  const salt = randomBytes(16);
  const key = derive(password, salt);
  return { key, hash: { salt: salt.toString("hex"), verifier: verifierOf(key).toString("hex") } };
}

/** The key of a set, undefined when none of the passwords is its own. */
export function unlock(hash: PasswordHash, passwords: readonly string[]): Buffer | undefined {
  const verifier = Buffer.from(hash.verifier, "hex");
  const keys = passwords.map((password) => derive(password, Buffer.from(hash.salt, "hex")));
  return keys.find((key) => timingSafeEqual(verifierOf(key), verifier));
}

export function encrypt(key: Buffer, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

/** Throws when the key is wrong or the bytes were changed. */
export function decrypt(key: Buffer, stored: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, stored.subarray(0, IV_BYTES));
  decipher.setAuthTag(stored.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(stored.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password, salt, KEY_BYTES, COST);
}

/** One way: the key does not follow from it. */
function verifierOf(key: Buffer): Buffer {
  return createHash("sha256").update("verifier").update(key).digest();
}
