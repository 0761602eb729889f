import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, hkdfSync, randomBytes, sign } from 'node:crypto'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { readOwnFile } from './own-file.ts'

/** The installation's secret, from which keys for separate purposes are derived, so that one never stands in for another. */
export interface SecretKey {
  /** Tells the database's installation from another one, without telling the key. */
  fingerprint: string
  /** Signs action links. */
  linkKey: Buffer
  /** Signs what leaves the house, so that others can check it without us. */
  signer: Signer
  /** Encrypts with AES-256-GCM; `place` is bound to the text, so that ciphers cannot be swapped between rows. */
  seal(text: string, place: string): string
  /** Undefined when it was sealed with another key, for another place, or was changed. */
  unseal(sealed: string, place: string): string | undefined
}

export interface Signer {
  /** Ed25519, as SPKI in base64. */
  publicKey: string
  /** The signature of a text, in base64. */
  sign(text: string): string
}

/** Reads the key file; makes one (0600) when it is missing and may be made. Throws with one line when it cannot be used. */
export function loadSecretKey(path: string, mayCreate: boolean): SecretKey {
  if (!existsSync(path)) {
    if (!mayCreate)
      throw new Error(
        `The key file ${path} does not exist. With DATABASE_URL every node needs the same one: set TOCSIN_SECRET_KEY_FILE; \`openssl rand -hex 32\` makes a key.`,
      )
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
  }
  let text: string
  try {
    text = readOwnFile(path)
  } catch (error) {
    throw new Error(`The key file ${path} ${(error as Error).message}.`)
  }
  if (text.length < 32) throw new Error(`The key file ${path} holds less than 32 characters. \`openssl rand -hex 32\` makes a key.`)
  return secretKeyFrom(text)
}

export function secretKeyFrom(text: string): SecretKey {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', text, 'tocsin', purpose, 32))
  const sealKey = derive('seal')
  return {
    fingerprint: createHash('sha256').update(derive('fingerprint')).digest('hex').slice(0, 16),
    linkKey: derive('links'),
    signer: signerFrom(derive('signatures')),
    seal(plain, place) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(place))
      return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    unseal(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < 28) return undefined
      const cipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-16))
      try {
        return Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS 8. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

function signerFrom(bytes: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, bytes]), format: 'der', type: 'pkcs8' })
  return {
    publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  }
}
