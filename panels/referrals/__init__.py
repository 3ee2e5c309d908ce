"""What a panel is asked between its sittings: a question, a form to try, a questionnaire, a workshop with agents."""
