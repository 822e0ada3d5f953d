import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const AUDIENCE = 'zhitong-device';
const LIFETIME_SECONDS = 180 * 24 * 60 * 60;
/** A longer mark was not issued here. */
const MOST_CHARACTERS = 600;

/**
 * Marks a device on which a person has signed in under a name: a signed note that it keeps and shows the next time. It grants
 * no access; wrong attempts from elsewhere just do not count for this device. Nothing is stored for it here.
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

  /** The device's id; null if no sign-in under this name on it is known, or it is too long ago. */
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
