;;; init.el --- What a user of eglot or lsp-mode has  -*- lexical-binding: t; -*-

;; STATUSLINT_WITH says which of the two.

(setq inhibit-startup-screen t
      initial-scratch-message nil
      ring-bell-function #'ignore
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      native-comp-async-report-warnings-errors nil
      native-comp-deferred-compilation nil
      native-comp-jit-compilation nil)
(menu-bar-mode -1)

(add-to-list 'load-path (getenv "STATUSLINT_PACKAGE"))
(require 'statuslint)
(setq statuslint-program (getenv "STATUSLINT"))

(pcase (getenv "STATUSLINT_WITH")
  ("eglot"
   (statuslint-eglot-setup))
  ("lsp-mode"
   (setq lsp-auto-guess-root t
         lsp-enable-suggest-server-download nil
         lsp-diagnostics-provider :flymake
         lsp-headerline-breadcrumb-enable nil
         lsp-inlay-hint-enable t
         lsp-restart 'auto-restart)
   (statuslint-lsp-setup)))

;; What the story says with `M-:'.

(defun story-version (library)
  "Show the versions of Emacs and of LIBRARY."
  (require 'find-func)
  (require 'lisp-mnt)
  (message "Emacs %s, %s %s;" emacs-version library (lm-version (find-library-name library))))

(defun story-alone ()
  "Show api.py alone."
  (pop-to-buffer "api.py")
  (delete-other-windows))

(defun story-go-to (piece)
  "Put point on the first character of PIECE in api.py."
  (pop-to-buffer "api.py")
  (goto-char (point-min))
  (search-forward piece)
  (goto-char (match-beginning 0)))

(defun story-register-main ()
  "Give Python a main server: the same program by another way, without findings."
  (let ((command (list "env" statuslint-program "lsp"))
        (settings '(:select ["missing-header"] :inlayHints :json-false)))
    (if (featurep 'lsp-mode)
        (lsp-register-client
         (make-lsp-client
          :new-connection (lsp-stdio-connection command)
          :major-modes '(python-mode)
          :initialization-options settings
          :server-id 'main))
      (push `(python-mode . (,@command :initializationOptions ,settings)) eglot-server-programs))))

;;; init.el ends here
