import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const AUDIENCE = 'zhitong-device';
const LIFETIME_SECONDS = 180 * 24 * 60 * 60;
/** Longer is none of ours. */
const MOST_CHARACTERS = 600;

/**
 * Marks a device on which somebody has signed in under a name: a signed note that it keeps and shows the next time. It opens
 * nothing; it only says that wrong tries of others do not count for this one. Nothing is stored for it here.
 */
export class KnownDevices {
  constructor(private readonly secret: Uint8Array) {}

  mark(name: string, nowMs: number): Promise<string> {
    const issuedAt = Math.floor(nowMs / 1000);
    return new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', typ: 'device+jwt' })
      .setSubject(name)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(this.secret);
  }

  /** The device's id; null when nobody has signed in under this name on it, or too long ago. */
  async deviceOf(name: string, mark: string | null, nowMs: number): Promise<string | null> {
    if (mark === null || mark.length > MOST_CHARACTERS) return null;
    try {
      const { payload } = await jwtVerify(mark, this.secret, {
        algorithms: ['HS256'],
        typ: 'device+jwt',
        audience: AUDIENCE,
        subject: name,
        currentDate: new Date(nowMs),
        requiredClaims: ['jti', 'exp'],
      });
      return payload.jti ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
