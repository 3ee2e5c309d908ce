# Written for Django 5.2.19

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    breaks = "one check on the table of questionnaires, some dozens of rows, about a column just added"

    dependencies = [
        ('questionnaires', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='questionnaire',
            name='answer_mode',
            field=models.CharField(choices=[('identity', 'With a name or a protected name'), ('secret', 'Secret answers'), ('open', 'By anybody, without an account')], db_default='identity', default='identity', max_length=16, verbose_name='how people answer'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='reminded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.CheckConstraint(condition=models.Q(('answer_mode__in', ['identity', 'secret', 'open'])), name='questionnaire_answer_mode_known'),
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('questionnaire', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='sealing_key', serialize=False, to='questionnaires.questionnaire')),
                ('public', models.BinaryField()),
                ('locked', models.BinaryField(null=True)),
                ('size', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'sealing key of a questionnaire',
                'verbose_name_plural': 'sealing keys of questionnaires',
            },
        ),
        migrations.CreateModel(
            name='SealedAnswers',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ciphertext', models.BinaryField()),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sealed_answers', to='questionnaires.questionnaire')),
            ],
            options={
                'verbose_name': 'sealed answers of a person',
                'verbose_name_plural': 'sealed answers of people',
            },
        ),
        migrations.CreateModel(
            name='AnswerRoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roll', to='questionnaires.questionnaire')),
            ],
            options={
                'verbose_name': 'person who answered',
                'verbose_name_plural': 'roll of those who answered',
            },
        ),
        migrations.CreateModel(
            name='AnswerDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('answers', models.PositiveIntegerField(default=0)),
                ('is_unusual', models.BooleanField(null=True)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='questionnaires.questionnaire')),
            ],
            options={
                'verbose_name': 'answers of a day',
                'verbose_name_plural': 'answers by day',
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'day'), name='answer_day_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='answerroll',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'person'), name='answer_roll_once'),
        ),
    ]
