import { fastifyCookie } from '@fastify/cookie';
import { SESSION_COOKIE } from '#libs/shell/nest';

/** Carries a sign-in at the identity provider from its beginning to its end; a browser sends it when it comes back from there. */
export const SIGN_IN_COOKIE = '__Host-zhitong-sign-in';
const DEVICE_COOKIE = 'zhitong-device';
const DEVICE_SECONDS = 180 * 24 * 60 * 60;

/** What a cookie whose name begins with `__Host-` must say (RFC 6265bis section 4.1.3.2), and what keeps scripts from it. */
const OF_HOST = { path: '/', httpOnly: true, secure: true } as const;

/** Where the cookie of a device is sent: it marks it for those who sign in with a password. */
export type DevicePath = '/api/v1/tokens' | '/api/v1/session';

export function sessionCookie(value: string, seconds: number): string {
  return fastifyCookie.serialize(SESSION_COOKIE, value, { ...OF_HOST, sameSite: 'strict', maxAge: seconds });
}

export const noSession = (): string => sessionCookie('', 0);

/** Lax: the provider's page sends the browser back here. */
export function signInCookie(value: string, seconds: number): string {
  return fastifyCookie.serialize(SIGN_IN_COOKIE, value, { ...OF_HOST, sameSite: 'lax', maxAge: seconds });
}

export const noSignIn = (): string => signInCookie('', 0);

/** The cookie in which a browser keeps the mark of a known device. It opens nothing: see KnownDevices. */
export const DEVICE = {
  name: DEVICE_COOKIE,
  cookie: (mark: string, path: DevicePath, isSecure: boolean): string => {
    const attributes = [`Path=${path}`, `Max-Age=${DEVICE_SECONDS}`, 'HttpOnly', 'SameSite=Strict'];
    return [`${DEVICE_COOKIE}=${mark}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
  },
};
