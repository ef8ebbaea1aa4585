# The app on the Functions host, for Kubernetes or wherever else containers run. docs/deployment.md has the commands, infra/kubernetes
# the manifests.
FROM mcr.microsoft.com/dotnet/sdk:10.0@sha256:e1ffd2a92ae84c1291bc1b6887501f8af98e6331e7af6d4c8d37168c5e87a64c AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json host.json LICENSE THIRD-PARTY-NOTICES.md ./
COPY shared/ shared/
COPY functions/ functions/
COPY samples/ samples/
RUN dotnet publish functions -c Release -r linux-x64 --no-self-contained -o /app

FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0
COPY --from=build /app /home/site/wwwroot
# The user without rights that .NET's images have. The host writes its logs and keys below /home.
RUN mkdir -p /home/LogFiles /home/data && chown -R 1654 /home/LogFiles /home/data

# Containers share timers, locks and keys only if they call themselves the same. The timers' schedules have the names of the app settings on
# Azure. Storage, sources and WEBHOOK_SECRETS_KEY are given by whoever runs it: nothing secret is inside, and none is made.
ENV AzureWebJobsScriptRoot="/home/site/wwwroot" \
    AzureFunctionsWebHost__hostid="exportfunctions" \
    AzureFunctionsJobHost__Logging__Console__IsEnabled="true" \
    ASPNETCORE_URLS="http://+:8080" \
    EXPORTS_REQUEUE_SCHEDULE="*/15 * * * * *" \
    SCHEDULES_SCHEDULE="0 * * * * *" \
    METRICS_SCHEDULE="0 10 0 * * *" \
    EXPIRING_SCHEDULE="0 20 * * * *" \
    REPORT_SCHEDULE="0 0 6 * * 1" \
    CLEANUP_SCHEDULE="0 0 2 * * *"

USER 1654
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /api/v1/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
