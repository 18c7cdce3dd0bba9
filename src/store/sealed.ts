import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { StoreRefusal } from "./refusal.ts";

/**
 * Passwords and storage keys lie sealed by AES-256-GCM. The identity of the record is authenticated with them: a sealed
 * text that is copied into another row does not open there.
 */
export interface Seal {
  seal(identity: string, secret: string): string;
  /** Throws when the text was sealed for another identity, by another key, or was altered. */
  open(identity: string, sealed: string): string;
}

const ALGORITHM = "aes-256-gcm";
/** Stands before every sealed text, so that a later way of sealing can be told apart. */
const FORM = "gcm1:";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const READABLE_BY_EVERYONE = 0o004;

export function sealWith(key: Buffer): Seal {
  return {
    seal: (identity, secret) => seal(key, identity, secret),
    open: (identity, text) => open(key, identity, text),
  };
}

function seal(key: Buffer, identity: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(identity));
  const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return FORM + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

function open(key: Buffer, identity: string, sealed: string): string {
  if (!sealed.startsWith(FORM)) throw new Error(`not sealed by this program: expected ${FORM}…`);
  const bytes = Buffer.from(sealed.slice(FORM.length), "base64");
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(identity)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([body, decipher.final()]).toString("utf8");
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** The key in `path`; undefined where there is no such file. StoreRefusal when it is no key or lies open to everyone. */
export function readKey(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  if (process.platform !== "win32" && statSync(path).mode & READABLE_BY_EVERYONE) {
    throw new StoreRefusal(`${path} can be read by everyone on this machine; run: chmod 600 ${path}`);
  }
  const key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  if (key.length !== KEY_BYTES) {
    throw new StoreRefusal(
      `${path} holds ${key.length} bytes, expected ${KEY_BYTES} in base64; restore it from a copy`,
    );
  }
  return key;
}

/** Written aside and renamed, so that a crash leaves no half key; for the owner alone. */
export function createKey(path: string): Buffer {
  const key = newKey();
  const aside = `${path}.${process.pid}.new`;
  const file = openSync(aside, "wx", 0o600);
  try {
    writeSync(file, `${key.toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  return key;
}
