# docker build -t parley . && docker run --init -p 8080:8080 -v parley:/data parley
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml LICENSE openapi.yaml ./
COPY sql sql
COPY webroot webroot
COPY src src
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:25-jre
# A fixed number, so that the owner of a mounted folder can be set before the first start. Not root:
# the embedded PostgreSQL refuses to be.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin parley \
  && mkdir /data && chown 10001:10001 /data && chmod 0700 /data
COPY --from=build /build/target/parley.jar /opt/parley/parley.jar
USER 10001:10001
WORKDIR /data
ENV PARLEY_HOST=0.0.0.0 PARLEY_PORT=8080 PARLEY_DATA=/data
VOLUME /data
EXPOSE 8080

# With bash alone, since the image promises no curl. With TLS switched on, replace this check.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/$PARLEY_PORT\" && printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

# Exec form: SIGTERM reaches java itself. Half of the container's memory is for the heap, because
# network buffers and the embedded PostgreSQL live beside it; a heap that is used up ends the
# process, for the engine to start it again. More flags: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/parley/parley.jar"]
