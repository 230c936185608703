"""Takes what is new of a topic every night; downstream tasks run once it is complete.

Needs apache-airflow-providers-cncf-kubernetes, and the service account, the config map and the secret called pagewalk.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from kubernetes.client import models as k8s

with DAG(
    dag_id="export_orders",
    schedule="15 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
) as dag:
    KubernetesPodOperator(
        task_id="export",
        name="export-orders",
        image="registry.example.com/pagewalk:0.1.0",
        arguments=["export"],
        env_vars={
            "PAGEWALK_TOPIC": "orders",
            # One table that grows: each try, and each night, goes on where the last one ended.
            "PAGEWALK_OUTPUT": "s3a://lake/orders",
            "PAGEWALK_INCREMENTAL": "true",
            "PAGEWALK_CONFIG": "/etc/pagewalk/export.properties",
        },
        env_from=[k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name="pagewalk"))],
        service_account_name="pagewalk",
        automount_service_account_token=False,
        volumes=[
            k8s.V1Volume(name="config", config_map=k8s.V1ConfigMapVolumeSource(name="pagewalk")),
            k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="1Gi")),
        ],
        volume_mounts=[
            k8s.V1VolumeMount(name="config", mount_path="/etc/pagewalk", read_only=True),
            k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
        ],
        container_resources=k8s.V1ResourceRequirements(
            requests={"cpu": "1", "memory": "1Gi"}, limits={"memory": "1Gi"}
        ),
        security_context=k8s.V1PodSecurityContext(
            run_as_non_root=True, seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault")
        ),
        container_security_context=k8s.V1SecurityContext(
            allow_privilege_escalation=False,
            read_only_root_filesystem=True,
            capabilities=k8s.V1Capabilities(drop=["ALL"]),
        ),
        termination_grace_period=60,
        # 8: complete, without records that were gone from the topic. Skipped, so that nothing is built on it before somebody
        # has looked. Any other code but 0 fails the try; 1, 3 and 5 are what trying again is for.
        skip_on_exit_code=[8],
        retries=5,
        retry_delay=timedelta(minutes=5),
    )
